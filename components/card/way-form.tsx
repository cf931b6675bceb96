import type { Actions } from '../../utils/actions.ts';
import type { Collision, Way } from '../../utils/agreement/collide.ts';
import { addTask, askHold, goAhead } from '../../utils/commands.ts';
import { DAY, localInput } from '../../utils/format.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import type { KnownPerson } from '../../utils/view.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { useDraft } from '../use-draft.ts';
import { useSend } from '../use-send.ts';

interface WayFormProps {
  person: KnownPerson;
  found: Collision;
  way: Way;
  act: Actions;
  onClose(): void;
}

const LABELS: Record<Way, MessageKey> = { hold: 'keepOutWhy', ask: 'askWhat', go: 'goAheadWhy' };
const SUBMIT: Record<Way, MessageKey> = { hold: 'askToKeepOut', ask: 'askNow', go: 'goAheadNow' };

/** One way out. Whoever is asked gets a task, due tomorrow; why one went ahead stays on the card. */
export function WayForm({ person, found, way, act, onClose }: WayFormProps) {
  const { contactId } = person;
  const { rule, refId, whoId } = found;
  const form = `way:${contactId}:${way}:${refId ?? rule}`;
  const { fields, set, once, clear } = useDraft(form, { words: '' }, act);
  const { busy, problem, send } = useSend();
  const words = fields.words.trim();
  const command = () => {
    if (way === 'hold') return askHold({ contactId, campaignId: refId ?? '', ...(words && { words }) });
    if (way === 'go') return goAhead({ contactId, rule, why: words, ...(refId && { refId }) });
    const dueOn = localInput(now.peek() + DAY).slice(0, 10);
    return addTask({ contactId, text: words, dueOn, ...(whoId && { assigneeId: whoId }) });
  };
  // One may be asked to keep somebody out without a reason; the others say nothing without words.
  const blocked = busy || (way !== 'hold' && words === '');
  const save = async (event: Event) => {
    event.preventDefault();
    if (blocked || !(await send(() => act.write(once(command()), form)))) return;
    clear();
    onClose();
  };
  return (
    <form class="form" onSubmit={save} onKeyDown={({ key }) => key === 'Escape' && onClose()}>
      <Field
        label={t(LABELS[way])}
        value={fields.words}
        maxLength={300}
        focus
        onInput={(text) => set({ words: text })}
      />
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={blocked}>
          {t(SUBMIT[way])}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
