import { proposeAgreement } from '../../utils/commands.ts';
import { draftOfAgreement } from '../../utils/contract/agreement.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Area } from '../area.tsx';
import { Problem } from '../problem.tsx';
import { useDraft } from '../use-draft.ts';
import { useSend } from '../use-send.ts';
import type { DeskActs } from './acts.ts';
import { AGREEMENT_FORM, agreementStart, DAYS } from './agreement-fields.ts';
import { AgreementInputs } from './agreement-inputs.tsx';
import { agreementDifferences } from './agreement-words.ts';
import { Differences } from './differences.tsx';
import { type AgreementProblems, readAgreement } from './read-agreement.ts';

interface AgreementFormProps {
  view: View;
  act: DeskActs;
  onClose(): void;
}

/** An agreement as it is to be, with what it would change beside what is; it is sent as a proposal only. */
export function AgreementForm({ view, act, onClose }: AgreementFormProps) {
  const { agreement } = view;
  const { fields, set, once, clear } = useDraft(AGREEMENT_FORM, agreementStart(agreement), act);
  const { busy, problem, send } = useSend();
  const { draft, problems } = readAgreement(fields, view);
  const all = draft ? agreementDifferences(agreement && draftOfAgreement(agreement), draft, view) : [];
  const words = fields.words.trim();
  const close = () => {
    clear();
    onClose();
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (!draft || all.length === 0) return;
    const command = once(proposeAgreement(agreement?.revision ?? 0, { draft, ...(words && { words }) }));
    if (await send(() => act.write(command, AGREEMENT_FORM))) close();
  };
  const wrong = wrongParts(problems);
  return (
    <form class="form framed" onSubmit={save}>
      <AgreementInputs view={view} fields={fields} problems={problems} onSet={set} />
      <Area
        label={t('proposalWords')}
        hint={t('proposalWordsHint')}
        value={fields.words}
        maxLength={500}
        onInput={(text) => set({ words: text })}
      />
      {agreement && all.length > 0 && (
        <>
          <h3>{t('whatChanges')}</h3>
          <Differences all={all} />
        </>
      )}
      <Problem words={problem ?? (wrong ? t('mendAbove', wrong) : undefined)} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || all.length === 0}>
          {t('proposeIt')}
        </button>
        <button type="button" class="btn" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

const NAMES: Record<keyof AgreementProblems, MessageKey> = {
  hours: 'agreedHours',
  week: 'agreedWeek',
  ...(Object.fromEntries(DAYS.map((day) => [day, 'agreedWeek'])) as Record<
    (typeof DAYS)[number],
    MessageKey
  >),
  stageIds: 'agreedStages',
  leadTypeIds: 'agreedTypes',
  remindHours: 'agreedRemind',
  reasons: 'agreedReasons',
  perDay: 'agreedPerDay',
  quietDays: 'agreedQuiet',
  leads: 'agreedLeads',
  fit: 'agreedFit',
  answerHours: 'agreedAnswer',
};

/** What the form is to be looked through for, in its order. */
const wrongParts = (problems: AgreementProblems): string =>
  [
    ...new Set(
      (Object.keys(NAMES) as (keyof AgreementProblems)[]).flatMap((name) =>
        problems[name] === undefined ? [] : [t(NAMES[name])],
      ),
    ),
  ].join(', ');
