import { useEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { type Command, isAboutContact } from '../../utils/contract/command.ts';
import { t } from '../../utils/i18n.ts';
import { aboutOf, follow, personOf, type Selection, type Target } from '../../utils/selection.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { AddPerson, type Newcomer } from '../add-person.tsx';
import { Card } from '../card/card.tsx';
import { Dock, type DockForm } from '../dock/dock.tsx';
import { Lookup } from '../lookup.tsx';
import { Problem } from '../problem.tsx';
import { isIdentified, mayWrite, nameOf } from '../records.ts';
import type { Written } from '../sent.tsx';
import { Text } from '../text.tsx';
import { keepDraft, typedBy, typedIn } from '../use-draft.ts';
import { useSend } from '../use-send.ts';
import { joined, newcomerOf, refill } from './mend.ts';
import { Notices } from './notices.tsx';
import { Missed, PageState } from './page-state.tsx';
import { labelledBy, PeopleTabs } from './people-tabs.tsx';
import { ownerOf, Shut } from './shut.tsx';
import { Strangers } from './strangers.tsx';

/** What lies over the page's people. */
type Over = { what: 'lookup' } | { what: 'add'; start: Partial<Newcomer>; mends?: Mends } | undefined;
type Mends = { commandId: string; contactId: string };

/** The side panel below its header. Once nothing may be shown, not even what was half typed stays. */
export function Panel(props: { view: View; act: Actions }) {
  const owner = ownerOf(props.view);
  typedBy(owner);
  return owner === undefined ? <Shut {...props} /> : <OpenPanel key={owner} {...props} />;
}

function OpenPanel({ view, act }: { view: View; act: Actions }) {
  const [chosen, choose] = useState<Selection>();
  const [form, setForm] = useState<DockForm>();
  const [over, setOver] = useState<Over>();
  const [sent, setSent] = useState<Written>();
  const [dirty, setDirty] = useState(false);
  /** Counts what went back into its form: the card opens those of its own anew. */
  const [mends, setMends] = useState(0);
  const { problem, send } = useSend();
  const shown = useRef<{ selection: Selection; person: KnownPerson | undefined }>(undefined);

  const next = follow(chosen, shown.current?.selection, view);
  // A half-typed form stays with its person although the page has gone on.
  const lost = view.erased?.includes(shown.current?.person?.contactId ?? '') ?? false;
  const away = dirty && !lost && shown.current !== undefined && shown.current.selection.about !== next.about;
  useEffect(() => {
    if (!lost) return;
    setDirty(false);
    setForm(undefined);
  }, [lost]);
  const selection = away && shown.current ? shown.current.selection : next;
  const person = personOf(view, selection.target) ?? (away ? shown.current?.person : undefined);
  shown.current = { selection, person };

  const pick = (target: Target) => {
    setOver(undefined);
    setForm(undefined);
    setDirty(false);
    choose({ target, about: aboutOf(view) });
  };
  const open = async (contactId: string) => {
    const found = await act.open(contactId);
    if (!found) throw new Error(t('contactGone'));
    pick({ contactId });
    return found;
  };
  const show = (contactId: string) => send(() => open(contactId));
  const mend = (command: Command) =>
    send(async () => {
      if (command.kind === 'contact.add') {
        // It keeps its place until the next attempt takes it: what was written about them waits behind it.
        const from = { commandId: command.id, contactId: command.payload.contactId };
        return setOver({ what: 'add', start: newcomerOf(command), mends: from });
      }
      if (!isAboutContact(command)) return;
      const { card } = await open(command.payload.contactId);
      const back = refill(command, card);
      if (back) {
        const fields = joined(await typedIn(back.form, act), back.fields);
        await act.mend(command.id, back.form, JSON.stringify(fields));
        keepDraft(back.form, fields, act);
      } else await act.discard(command.id);
      setMends(mends + 1);
      if (back?.opens) setForm(back.opens);
    });
  const may = mayWrite(view);
  const lookUp = () => setOver({ what: 'lookup' });
  const close = () => {
    setDirty(false);
    setOver(undefined);
  };

  return (
    <>
      {view.people.length + view.strangers.length > 0 && (
        <nav>
          <PeopleTabs view={view} target={selection.target} onPick={pick} />
        </nav>
      )}
      <main>
        <Notices view={view} act={act} onShow={show} onMend={mend} />
        <Problem words={problem} />
        {away && <Away to={personOf(view, next.target)} onGo={() => setDirty(false)} />}
        {over && (
          <div class="over">
            {over.what === 'lookup' ? (
              <>
                <Lookup
                  view={view}
                  act={act}
                  onPick={show}
                  {...(may && {
                    onAdd: (q: string) =>
                      setOver({ what: 'add', start: q.includes('@') ? { email: q } : { name: q } }),
                  })}
                />
                <button type="button" class="btn" onClick={close}>
                  {t('back')}
                </button>
              </>
            ) : (
              <AddPerson
                view={view}
                act={act}
                start={over.start}
                mends={over.mends}
                onDirty={setDirty}
                onAdded={(contactId) => {
                  close();
                  show(contactId);
                }}
                onClose={close}
              />
            )}
          </div>
        )}
        {!over && (
          <div {...(selection.target && tabPanel(view, selection.target))} class="card">
            {view.page.state === 'missed' && person && <Missed page={view.page} onLookUp={lookUp} />}
            {person && (
              <Card
                key={`${person.contactId} ${mends}`}
                view={view}
                person={person}
                act={act}
                onDirty={setDirty}
                onShow={show}
              />
            )}
            {selection.target === 'strangers' && (
              <Strangers
                strangers={view.strangers}
                more={view.more.strangers}
                tested={view.tested}
                onAdd={
                  may
                    ? ({ address, profile, name, company }) => {
                        const known = { ...(name && { name }), ...(company && { company: company.name }) };
                        setOver({
                          what: 'add',
                          start: { ...(profile ? { profile } : { email: address }), ...known },
                        });
                      }
                    : undefined
                }
              />
            )}
            {!selection.target && <PageState view={view} act={act} onLookUp={lookUp} />}
          </div>
        )}
      </main>
      {!over && (
        <Dock
          view={view}
          person={person && isIdentified(person) ? person : undefined}
          form={form}
          sent={sent?.contactId === person?.contactId ? sent : undefined}
          act={act}
          onForm={setForm}
          onDirty={setDirty}
          onSent={setSent}
          onLookUp={lookUp}
        />
      )}
    </>
  );
}

const tabPanel = (view: View, target: Target) =>
  ({ role: 'tabpanel', 'aria-labelledby': labelledBy(view, target) }) as const;

function Away({ to, onGo }: { to: KnownPerson | undefined; onGo(): void }) {
  return (
    <div class="alert guess" role="status">
      <p>{to ? <Text k="pageWentOn" with={[<bdi key="n">{nameOf(to)}</bdi>]} /> : t('pageWentOnEmpty')}</p>
      <div class="do">
        <button type="button" class="btn" onClick={onGo}>
          {t('showIt')}
        </button>
      </div>
    </div>
  );
}
