import type { ComponentChildren } from 'preact';
import type { Actions } from '../../utils/actions.ts';
import { answerHandover } from '../../utils/commands.ts';
import type { Handover } from '../../utils/contract/handover.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Area } from '../area.tsx';
import { sellersOf } from '../handover.ts';
import { Problem } from '../problem.tsx';
import { holderName } from '../records.ts';
import { useDraft } from '../use-draft.ts';
import { useFocus } from '../use-focus.ts';
import { useSend } from '../use-send.ts';

interface AnswerProps {
  view: View;
  act: Actions;
  contactId: string;
  handover: Handover;
  onClose(): void;
}

/** By whom it is about first: what is half typed about somebody goes when they are erased. */
export const backDraft = (contactId: string, handoverId: string): string =>
  `sendback:${contactId}:${handoverId}`;

/** Sends a lead back: the reason is the button, so that it takes one click; words may be typed before. */
export function SendBack({ view, act, contactId, handover, onClose }: AnswerProps) {
  const form = backDraft(contactId, handover.id);
  const { fields, set, clear } = useDraft(form, { words: '' }, act);
  const { busy, problem, send } = useSend();
  const first = useFocus<HTMLButtonElement>();
  const words = fields.words.trim();
  const give = async (reasonId: string) => {
    const payload = { contactId, handoverId: handover.id, reasonId, ...(words && { words }) };
    const command = answerHandover('handover.return', handover.revision, payload);
    if (!(await send(() => act.write(command, form)))) return;
    clear();
    onClose();
  };
  return (
    <Pick title={t('sendBackWhy')} problem={problem} onClose={onClose}>
      <Area
        label={t('sendBackWords')}
        value={fields.words}
        maxLength={500}
        onInput={(words) => set({ words })}
      />
      <div class="do">
        {view.agreement?.reasons.map(({ id, label }, nth) => (
          <button
            key={id}
            ref={nth === 0 ? first : null}
            type="button"
            class="btn"
            dir="auto"
            disabled={busy}
            onClick={() => give(id)}
          >
            {label}
          </button>
        ))}
      </div>
    </Pick>
  );
}

/** Gives a lead to a colleague; its clock runs on. */
export function PassOn({ view, act, contactId, handover, onClose }: AnswerProps) {
  const { busy, problem, send } = useSend();
  const first = useFocus<HTMLButtonElement>();
  const others = sellersOf(view).filter(({ id }) => id !== handover.toId);
  const give = async (toId: string) => {
    const payload = { contactId, handoverId: handover.id, toId };
    if (await send(() => act.write(answerHandover('handover.reassign', handover.revision, payload))))
      onClose();
  };
  return (
    <Pick title={t('passOnTo')} problem={problem} onClose={onClose}>
      {others.length === 0 && <p class="quiet">{t('noOtherSeller')}</p>}
      <div class="do people">
        {others.map((member, nth) => (
          <button
            key={member.id}
            ref={nth === 0 ? first : null}
            type="button"
            class="btn"
            disabled={busy}
            onClick={() => give(member.id)}
          >
            <bdi>{holderName(member)}</bdi>
          </button>
        ))}
      </div>
    </Pick>
  );
}

interface PickProps {
  title: string;
  problem: string | undefined;
  onClose(): void;
  children: ComponentChildren;
}

function Pick({ title, problem, onClose, children }: PickProps) {
  return (
    <fieldset class="form pick" onKeyDown={({ key }) => key === 'Escape' && onClose()}>
      <legend>{title}</legend>
      {children}
      <Problem words={problem} />
      <div class="do">
        <button type="button" class="btn plain" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </fieldset>
  );
}
