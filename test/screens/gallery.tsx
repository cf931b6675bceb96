import { render } from 'preact';
import { useState } from 'preact/hooks';
import '../../components/css/tokens.css';
import '../../components/css/base.css';
import '../../components/css/controls.css';
import '../../components/css/alert.css';
import '../../components/css/card.css';
import '../../components/css/sources.css';
import '../../components/css/definition.css';
import '../../components/css/lists.css';
import { Desk } from '../../components/desk/desk.tsx';
import { Options } from '../../components/options/options.tsx';
import { Panel } from '../../components/panel/panel.tsx';
import { Popup } from '../../components/popup/popup.tsx';
import { Screen } from '../../components/screen.tsx';
import { typedBy } from '../../components/use-draft.ts';
import type { Actions } from '../../utils/actions.ts';
import type { Command } from '../../utils/contract/command.ts';
import type { DefinitionVersion } from '../../utils/contract/definition.ts';
import type { Hit } from '../../utils/contract/routes.ts';
import type { SiteState } from '../../utils/messages.ts';
import { now } from '../../utils/now.ts';
import { Trouble } from '../../utils/trouble.ts';
import type { View } from '../../utils/view.ts';
import { type DeskName, deskPlaces, deskViews } from './desk-views.ts';
import { ann, marco } from './people.ts';
import { speakEnglish } from './speak.ts';
import type { TeamState } from './team-states.ts';
import { type TeamName, TeamScreen, teams } from './teams.tsx';
import { views } from './views.ts';
import { id, NOW } from './world.ts';

export type ViewName = keyof typeof views;

/** What the page under test lets its driver do and see. */
export interface Gallery {
  show(name: ViewName | TeamName | DeskName | 'silent'): void;
  /** Shows a view (on the team page: its state) that is not in the list. */
  put(view: View | TeamState): void;
  /** The hits that a search answers from here on. */
  find(found: Hit[]): void;
  /** Pushes another view to the screen that is there, as the background would; ms until it is painted. */
  push(name: ViewName | DeskName): Promise<number>;
  /** Drops what the device keeps of half-typed forms. */
  forget(): void;
  /** Drops what this page keeps of them. */
  untype(): void;
  written: Command[];
  denied: { contactId: string; marks: string[] }[];
  names: (ViewName | TeamName | DeskName)[];
}

/** Which screen this page stands for: `?popup`. Each has its own sheets, as in the extension. */
const screen = location.search.slice(1);
if (screen === 'panel' || screen === 'popup' || screen === 'desk')
  await import('../../components/css/header.css');
if (screen === 'panel' || screen === 'popup') await import('../../components/css/panel.css');
if (screen === 'popup') await import('../../components/css/popup.css');
if (screen === 'options' || screen === 'team' || screen === 'desk')
  await import('../../components/css/options.css');
if (screen === 'team') await import('../../components/css/team.css');
if (screen === 'desk') await import('../../components/css/desk.css');

speakEnglish();
now.value = NOW;

const written: Command[] = [];
const denied: { contactId: string; marks: string[] }[] = [];
const drafts = new Map<string, string>();
let hits: Hit[] = [ann, marco].map(({ contactId, card, company, matched }) => ({
  id: contactId,
  name: card?.contact.name ?? '',
  ...(card?.contact.title && { title: card.contact.title }),
  ...(company && { company: company.name }),
  ...(card?.contact.stageId && { stageId: card.contact.stageId }),
  email: matched,
}));

const act: Actions = {
  async write(command) {
    if (JSON.stringify(command).includes('fail!')) throw new Error('This device has no room left.');
    written.push(command);
    if (JSON.stringify(command).includes('lost!')) throw new Error('Nobody answers.');
  },
  discard: async () => undefined,
  mend: async (_, form, text) => void drafts.set(form, text),
  replace: (_, command) => act.write(command),
  move: async () => undefined,
  deny: async (contactId, marks) => void denied.push({ contactId, marks }),
  async search(q) {
    const wanted = q.toLowerCase();
    const found = hits.filter((hit) => `${hit.name} ${hit.email}`.toLowerCase().includes(wanted));
    return { hits: found, local: q.includes('@') };
  },
  open: async (contactId) => [ann, marco].find((person) => person.contactId === contactId),
  export: async () => undefined,
  erase: async () => true,
  company: async () => (ann.company ? { company: ann.company, people: hits, total: 6 } : undefined),
  allow: () => undefined,
  options: () => undefined,
  readDraft: async (form) => drafts.get(form) ?? '',
  saveDraft: (form, text) => drafts.set(form, text),
};

const sites: SiteState[] = [
  { origins: ['https://mail.google.com/*'], label: 'Gmail', kind: 'mail', granted: true, fixed: false },
  {
    origins: ['https://www.linkedin.com/*'],
    label: 'LinkedIn',
    kind: 'social',
    granted: false,
    fixed: false,
  },
  {
    origins: ['https://x.com/*', 'https://twitter.com/*'],
    ...{ label: 'X', kind: 'social', granted: true, fixed: false },
  },
  {
    origins: ['https://*.xing.com/*'],
    ...{ label: 'XING', kind: 'social', id: 'xing', bare: true, granted: false, fixed: false },
  },
  { origins: ['http://127.0.0.1/*'], label: '127.0.0.1', granted: true, fixed: true },
];

const versions: DefinitionVersion[] = [
  {
    revision: 2,
    body: { label: 'Sales qualified', team: 'sales' },
    since: '2026-10-02T10:00:00Z',
    proposedBy: id('e2'),
    agreedBy: id('e1'),
  },
  {
    revision: 1,
    body: { label: 'Qualified', team: 'sales', definition: 'Sales knows them.' },
    until: '2026-10-02T10:00:00Z',
  },
];

let push: (view: View) => void = () => undefined;

function Shown({ first }: { first: View | undefined }) {
  const [view, setView] = useState(first);
  push = setView;
  if (screen === 'options') {
    return (
      <Options
        view={view}
        sites={sites}
        problem={undefined}
        link={undefined}
        onSignIn={() => Promise.reject(new Trouble('offline', 'no server here'))}
        onStopSignIn={() => undefined}
        onForget={() => undefined}
        onAllow={() => undefined}
        onStop={() => undefined}
      />
    );
  }
  return (
    <Screen view={view} silent={!view}>
      {view && screen === 'panel' && <Panel view={view} act={act} />}
      {view && screen === 'desk' && <Desk view={view} act={{ ...act, versions: versionsOf }} />}
      {view && screen === 'popup' && (
        <Popup view={view} act={act} tabId={1} offer="https://mail.example.com" onPanel={() => undefined} />
      )}
    </Screen>
  );
}

const all = { ...views, ...deskViews };
const versionsOf = async (wanted: string) => {
  if (wanted === id('51')) throw new Trouble('offline', 'no server here');
  return versions;
};

const root = document.getElementById('app');
const gallery: Gallery = {
  show(name) {
    if (!root) return;
    render(null, root);
    history.replaceState(null, '', deskPlaces[name] ?? '#');
    if (screen === 'team') render(<TeamScreen {...teams[name as TeamName]} />, root);
    else render(<Shown first={name === 'silent' ? undefined : all[name as ViewName]} />, root);
  },
  put(view) {
    if (!root) return;
    render(null, root);
    if ('people' in view) render(<Shown first={view} />, root);
    else render(<TeamScreen {...view} />, root);
  },
  find(found) {
    hits = found;
  },
  push(name) {
    const start = performance.now();
    push(structuredClone(all[name]));
    return new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now() - start);
        channel.port2.postMessage(undefined);
      });
    });
  },
  forget: () => drafts.clear(),
  untype: () => typedBy(undefined),
  written,
  denied,
  names: Object.keys(screen === 'team' ? teams : screen === 'desk' ? deskViews : views) as (
    | ViewName
    | TeamName
  )[],
};
Object.assign(globalThis, { gallery });
