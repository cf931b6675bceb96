import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { answerHandover } from '../../utils/commands.ts';
import type { Card } from '../../utils/contract/card.ts';
import { type Handover, isOpen } from '../../utils/contract/handover.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { handoverOf, mayOffer, rightsOf } from '../handover.ts';
import { Problem } from '../problem.tsx';
import { isTyped } from '../use-draft.ts';
import { useReturn } from '../use-return.ts';
import { useSend } from '../use-send.ts';
import { Waiting } from '../waiting.tsx';
import { HandoverState } from './handover-state.tsx';
import { OfferForm, offerDraft } from './offer-form.tsx';
import { backDraft, PassOn, SendBack } from './send-back.tsx';

interface HandoverBoxProps {
  view: View;
  person: KnownPerson;
  card: Card;
  act: Actions;
  onDirty(dirty: boolean): void;
}

type Form = 'offer' | 'back' | 'pass';

/** A lead on its way from marketing to sales: whose it is, how long they have, and what can be done about it. */
export function HandoverBox({ view, person, card, act, onDirty }: HandoverBoxProps) {
  const handover = handoverOf(card);
  const open = handover !== undefined && isOpen(handover) ? handover : undefined;
  const [form, setForm] = useState<Form | undefined>(() => {
    if (open) return isTyped(backDraft(person.contactId, open.id)) ? 'back' : undefined;
    return isTyped(offerDraft(person.contactId)) ? 'offer' : undefined;
  });
  const toOffer = useReturn(form === 'offer');
  const toBack = useReturn(form === 'back');
  const toPass = useReturn(form === 'pass');
  const offering = !open && mayOffer(view) && !card.contact.doNotContact;
  if (!handover && !offering) return null;
  const close = () => {
    onDirty(false);
    setForm(undefined);
  };
  const about = { view, act, contactId: person.contactId, onClose: close };
  return (
    <section class="handover">
      <h2>{t('handover')}</h2>
      {handover && <HandoverState view={view} handover={handover} />}
      {handover && person.waiting.includes(handover.id) && <Waiting view={view} />}
      {offering &&
        (form === 'offer' ? (
          <OfferForm {...about} card={card} onDirty={onDirty} />
        ) : (
          <Offer
            view={view}
            to={toOffer}
            again={handover?.state === 'returned'}
            onOpen={() => setForm('offer')}
          />
        ))}
      {open && form === 'back' && <SendBack {...about} handover={open} />}
      {open && form === 'pass' && <PassOn {...about} handover={open} />}
      {open && form !== 'back' && form !== 'pass' && (
        <Answers {...about} {...{ toBack, toPass }} handover={open} onForm={setForm} />
      )}
    </section>
  );
}

interface OfferProps {
  view: View;
  /** The button. */
  to: Ref<HTMLButtonElement>;
  again: boolean;
  onOpen(): void;
}

function Offer({ view, to, again, onOpen }: OfferProps) {
  if (!view.agreement) return <p class="quiet">{t('handoverUnagreed')}</p>;
  return (
    <div class="do">
      <button ref={to} type="button" class="btn" onClick={onOpen}>
        {t(again ? 'giveLeadAgain' : 'giveLead')}
      </button>
    </div>
  );
}

interface AnswersProps {
  view: View;
  act: Actions;
  contactId: string;
  handover: Handover;
  /** The buttons that open something. */
  toBack: Ref<HTMLButtonElement>;
  toPass: Ref<HTMLButtonElement>;
  onForm(form: Form): void;
}

/** What whose it is, their lead and its author can do with one click, or open. */
function Answers({ view, act, contactId, handover, toBack, toPass, onForm }: AnswersProps) {
  const { busy, problem, send } = useSend();
  const { accept, answer, withdraw } = rightsOf(view, handover);
  const give = (kind: 'handover.accept' | 'handover.withdraw') =>
    send(() => act.write(answerHandover(kind, handover.revision, { contactId, handoverId: handover.id })));
  if (!accept && !answer && !withdraw) return null;
  return (
    <>
      <div class="do">
        {accept && (
          <button type="button" class="btn primary" disabled={busy} onClick={() => give('handover.accept')}>
            {t('acceptHandover')}
          </button>
        )}
        {answer && (
          <>
            <button ref={toBack} type="button" class="btn" onClick={() => onForm('back')}>
              {t('sendBack')}
            </button>
            <button ref={toPass} type="button" class="btn" onClick={() => onForm('pass')}>
              {t('passOn')}
            </button>
          </>
        )}
        {withdraw && (
          <button type="button" class="btn" disabled={busy} onClick={() => give('handover.withdraw')}>
            {t('takeBack')}
          </button>
        )}
      </div>
      <Problem words={problem} />
    </>
  );
}
