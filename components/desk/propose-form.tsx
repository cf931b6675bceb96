import { v7 } from 'uuid';
import { proposeDefinition } from '../../utils/commands.ts';
import { contradictionOf } from '../../utils/contract/contradiction.ts';
import { type Definition, type DefinitionKind, draftOf } from '../../utils/contract/definition.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Area } from '../area.tsx';
import { contradictionWords } from '../contradiction.ts';
import { Problem } from '../problem.tsx';
import { useDraft } from '../use-draft.ts';
import { useSend } from '../use-send.ts';
import type { DeskActs } from './acts.ts';
import { DefinitionFields } from './definition-fields.tsx';
import { Differences } from './differences.tsx';
import { differencesOf } from './differences-of.ts';
import { draftForm, draftIn, startOf } from './draft-fields.ts';

interface ProposeFormProps {
  view: View;
  kind: DefinitionKind;
  /** Undefined: a new one. */
  definition: Definition | undefined;
  act: DeskActs;
  onClose(): void;
}

/** What would be otherwise, in words, with what it would change beside what is; it is sent as a proposal only. */
export function ProposeForm({ view, kind, definition, act, onClose }: ProposeFormProps) {
  const form = draftForm(definition?.id ?? `new-${kind}`);
  const { fields, set, once, clear } = useDraft(form, startOf(definition), act);
  const { busy, problem, send } = useSend();
  const draft = draftIn(fields);
  const all = differencesOf(definition && draftOf(definition), draft, definition?.order);
  const about = { kind, id: definition?.id ?? '' };
  const contradiction = contradictionOf(about, draft, [...view.stages, ...view.types], view.agreement);
  const words = fields.words.trim();
  const nothing = all.length === 0 || draft.label === '';
  const close = () => {
    clear();
    onClose();
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (nothing || contradiction) return;
    const command = once(
      proposeDefinition(definition?.revision ?? 0, {
        ...{ definitionId: definition?.id ?? v7(), about: kind, draft },
        ...(words && { words }),
      }),
    );
    if (await send(() => act.write(command, form))) close();
  };
  return (
    <form class="form" onSubmit={save}>
      <DefinitionFields view={view} kind={kind} definition={definition} fields={fields} onSet={set} />
      <Area
        label={t('proposalWords')}
        hint={t('proposalWordsHint')}
        value={fields.words}
        maxLength={500}
        onInput={(text) => set({ words: text })}
      />
      {definition && all.length > 0 && (
        <>
          <h3>{t('whatChanges')}</h3>
          <Differences all={all} />
        </>
      )}
      <Problem
        words={
          problem ?? (contradiction && draft.label ? contradictionWords(contradiction, view) : undefined)
        }
      />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || nothing || contradiction !== undefined}>
          {t('proposeIt')}
        </button>
        <button type="button" class="btn" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
