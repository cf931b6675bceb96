import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { isOpen } from '../../utils/contract/handover.ts';
import { plural, t } from '../../utils/i18n.ts';
import { hostOf } from '../../utils/server-address.ts';
import { isGuess, type View } from '../../utils/view.ts';
import { HandoverClock } from '../card/handover-state.tsx';
import { Face } from '../face.tsx';
import { Lookup } from '../lookup.tsx';
import { Notices } from '../panel/notices.tsx';
import { Outbox } from '../panel/outbox.tsx';
import { PageState } from '../panel/page-state.tsx';
import { ownerOf, Shut } from '../panel/shut.tsx';
import { barOf } from '../permission.ts';
import { Problem } from '../problem.tsx';
import { mayWrite, nameOf, stageOf } from '../records.ts';
import { isStuck } from '../stuck.ts';
import { typedBy } from '../use-draft.ts';
import { useSend } from '../use-send.ts';
import { QuickNote } from './quick-note.tsx';

interface PopupProps {
  view: View;
  act: Actions;
  /** The tab that the popup was opened on; its half-typed note is kept under this. */
  tabId: number | undefined;
  /** Its address without path, when Truce may read the page by this click alone. */
  offer: string | undefined;
  /** Must run within the click. */
  onPanel(): void;
}

/** Who is here, in short; a note for one of them, or for somebody looked up. */
export function Popup(props: PopupProps) {
  const owner = ownerOf(props.view);
  typedBy(owner);
  return owner === undefined ? (
    <Shut view={props.view} act={props.act} />
  ) : (
    <OpenPopup key={owner} {...props} />
  );
}

function OpenPopup({ view, act, tabId, offer: closed, onPanel }: PopupProps) {
  const { social, host } = view.page;
  // A social site may be off although the browser would let us read it.
  const offer = closed ?? (social && host ? `https://${host}` : undefined);
  const [picked, pick] = useState<string>();
  const [looking, look] = useState(false);
  const person = view.people.find((one) => one.contactId === picked) ?? view.people[0];
  const barred = barOf(person?.card?.contact);
  const running = person?.card?.handovers?.find(isOpen);
  const { problem, send } = useSend();
  const show = (contactId: string) =>
    send(async () => {
      if (!(await act.open(contactId))) throw new Error(t('contactGone'));
      pick(contactId);
      look(false);
    });
  return (
    <>
      <main>
        <Notices view={view} act={act} onShow={show} onMend={onPanel} />
        <Problem words={problem} />
        {looking ? (
          <div class="over">
            <Lookup view={view} act={act} onPick={show} />
            <button type="button" class="btn" onClick={() => look(false)}>
              {t('back')}
            </button>
          </div>
        ) : (
          <>
            {view.people.length + view.strangers.length === 0 && (
              <PageState view={view} act={act} onLookUp={() => look(true)} offer={offer} />
            )}
            {view.people.length > 0 && (
              <fieldset class="picks">
                <legend class="unseen">{t('inThisConversation')}</legend>
                {view.people.map((one) => (
                  <label key={one.contactId}>
                    <input
                      type="radio"
                      name="person"
                      checked={one.contactId === person?.contactId}
                      onChange={() => pick(one.contactId)}
                    />
                    <Face name={nameOf(one)} known={!isGuess(one)} />
                    <span class="hit">
                      <b dir="auto">{nameOf(one)}</b>
                      <span class="quiet" dir="auto">
                        {[one.card?.contact.title, one.company?.name].filter(Boolean).join(', ') ||
                          one.matched}
                      </span>
                    </span>
                    <span class="faint" dir="auto">
                      {stageOf(view, one.card?.contact.stageId)?.label}
                    </span>
                  </label>
                ))}
              </fieldset>
            )}
            {barred && (
              <p class="alert stop">
                <strong>{t(barred === 'contact' ? 'doNotContact' : 'consentDenied')}</strong>
              </p>
            )}
            {running && <HandoverClock view={view} handover={running} />}
            {view.more.people > 0 && <p class="quiet">{plural('morePeople', view.more.people)}</p>}
            {view.strangers.length > 0 && (
              <p class="quiet">{plural('strangersHere', view.strangers.length + view.more.strangers)}</p>
            )}
            {mayWrite(view) ? (
              <QuickNote view={view} person={person} form={`popup:${tabId ?? ''}`} act={act} />
            ) : (
              <p class="quiet">{t('viewerOnly')}</p>
            )}
          </>
        )}
        {offer && view.page.state !== 'closed' && (
          <div class="offer">
            <p class="quiet">{t('readOnce')}</p>
            {view.page.social && <p class="quiet">{t('siteReadsSocial', view.page.social)}</p>}
            <button type="button" class="btn" onClick={() => act.allow(offer)}>
              {t('letReadAlways', hostOf(offer))}
            </button>
          </div>
        )}
      </main>
      <section class="dock" aria-label={t('actions')}>
        {isStuck(view) && <Outbox view={view} />}
        <div class="buttons">
          <button type="button" class="btn" onClick={onPanel}>
            {t('openPanel')}
          </button>
          {!looking && (
            <button type="button" class="btn" onClick={() => look(true)}>
              {t('lookUpSomebody')}
            </button>
          )}
        </div>
      </section>
    </>
  );
}
