import { useState } from 'preact/hooks';
import { type Command, isAboutContact } from '../../utils/contract/command.ts';
import { mayPropose } from '../../utils/contract/proposal.ts';
import { t } from '../../utils/i18n.ts';
import type { RefusedCommand, View } from '../../utils/view.ts';
import { Notices } from '../panel/notices.tsx';
import { Outbox } from '../panel/outbox.tsx';
import { ownerOf, Shut } from '../panel/shut.tsx';
import { Problem } from '../problem.tsx';
import { memberOf } from '../records.ts';
import { type Fields, keepDraft, typedBy } from '../use-draft.ts';
import { useSend } from '../use-send.ts';
import type { DeskActs } from './acts.ts';
import { AGREEMENT_FORM, agreementFieldsOf } from './agreement-fields.ts';
import { draftForm, fieldsOf } from './draft-fields.ts';
import { PARTS, PartLinks } from './parts.tsx';
import { usePlace } from './place.ts';

interface DeskProps {
  view: View;
  act: DeskActs;
}

const isPropose = ({ kind }: Command) => kind === 'definition.propose' || kind === 'agreement.propose';

const mendable = ({ command }: RefusedCommand, view: View) =>
  isPropose(command) && mayPropose({ role: memberOf(view, view.connection.me)?.role ?? 'viewer' });

/** What the two teams work from together, below the header. */
export function Desk(props: DeskProps) {
  const owner = ownerOf(props.view);
  typedBy(owner);
  return owner === undefined ? <Shut {...props} /> : <OpenDesk key={owner} {...props} />;
}

function OpenDesk({ view, act }: DeskProps) {
  const { part, wanted } = usePlace();
  const Part = PARTS[part];
  /** Counts what went back into its form, which is opened anew with it. */
  const [mends, setMends] = useState(0);
  const { problem, send } = useSend();
  // What is about a contact goes back into the card's forms.
  const refused = view.refused.filter(({ command }) => !isAboutContact(command));
  const mend = (command: Command) =>
    send(async () => {
      const typed = typedIn(command);
      if (!typed) return;
      const { form, fields } = typed;
      await act.mend(command.id, form, JSON.stringify(fields));
      keepDraft(form, fields, act);
      setMends(mends + 1);
    });
  return (
    <main class="options">
      <h1>{t('deskPage')}</h1>
      <PartLinks chosen={part} />
      {view.connection.state === 'offline' && <p class="quiet">{t('deskOffline')}</p>}
      <Notices
        view={{ ...view, refused }}
        act={act}
        onShow={() => undefined}
        onMend={mend}
        mendable={mendable}
      />
      <Problem words={problem} />
      {view.waiting > 0 && <Outbox view={view} />}
      <Part key={part} {...{ view, wanted, mends, act }} />
    </main>
  );
}

/** What a proposal was made of, and in which form. */
function typedIn(command: Command): { form: string; fields: Fields } | undefined {
  if (command.kind === 'agreement.propose') {
    const { draft, words = '' } = command.payload;
    return { form: AGREEMENT_FORM, fields: { ...agreementFieldsOf(draft), words } };
  }
  if (command.kind !== 'definition.propose') return undefined;
  const { definitionId, about, draft, words = '' } = command.payload;
  const form = draftForm(command.baseRevision > 0 ? definitionId : `new-${about}`);
  return { form, fields: { ...fieldsOf(draft), words } };
}
