/**
 * Every message of the extension: who may send it, what goes in, what comes out.
 * Live views go over the port `screen` instead: its name is `screen` or `screen:<tabId>` (bound to one tab).
 */

import { browser } from 'wxt/browser';
import type { Change } from './contract/change.ts';
import type { Command } from './contract/command.ts';
import type { DefinitionVersion } from './contract/definition.ts';
import type { ContactExport, EraseReason, Retention } from './contract/privacy.ts';
import type { Recipe } from './contract/recipe.ts';
import type { CompanyAnswer, Hit } from './contract/routes.ts';
import type { AuditAnswer, LinkWanted, NewLink, TeamAnswer, TeamChange } from './contract/team.ts';
import type { PageReport } from './detect/types.ts';
import { type ErrorCode, Trouble } from './trouble.ts';
import type { KnownPerson, SigningIn } from './view.ts';

export const SCREEN_PORT = 'screen';

/** What the options show of a site. */
export interface SiteState {
  /** Match patterns to ask permission for: `https://mail.google.com/*`. */
  origins: string[];
  label: string;
  /** Of a site that has a recipe: what of it is read. */
  kind?: Recipe['kind'];
  /** Of a social site: what it is turned on by. */
  id?: string;
  /** A network whose pages are told by their addresses alone. */
  bare?: true;
  /** At least one of them; a social site is turned on besides. */
  granted: boolean;
  /** Granted by the package itself: cannot be given back. */
  fixed: boolean;
}

/** For a screen that holds the stream of changes, and nobody else. */
export interface StreamGrant {
  server: string;
  token: string;
  /** The copy's place in the feed. */
  since: number;
  /** The sign-in that it is for: what the stream says is told with it. */
  of: string;
}

/** `from` is checked before the payload is looked at. */
export interface Protocol {
  'page.report': { from: 'content'; payload: PageReport; answer: undefined };
  /** Whether something in the sender's frame may be somebody: then it is to be read. */
  'page.marks': { from: 'content'; payload: { found: boolean }; answer: undefined };
  /** The recipes that the sender's page may need, the newest of each. */
  'page.recipes': { from: 'content'; payload: undefined; answer: readonly Recipe[] };
  /** Reads the tab once, with the access that a click on the toolbar icon gives. */
  'page.read': { from: 'screen'; payload: { tabId: number }; answer: { read: boolean } };
  /** By hand: a whole address is tested locally, anything else asked of the server. */
  'contact.search': {
    from: 'screen';
    payload: { q: string };
    answer: {
      hits: Hit[] /** The server was not asked: out of reach, or nothing it may see. */;
      local: boolean;
    };
  };
  /** Adds a contact found by hand to the view of the tab. */
  'contact.open': {
    from: 'screen';
    payload: { contactId: string; tabId?: number };
    answer: KnownPerson | undefined;
  };
  /** Somebody on the page is not this contact: the guess does not come again for this user, here. */
  'guess.deny': { from: 'screen'; payload: { contactId: string; marks: string[] }; answer: undefined };
  /** Everything the server holds of a person; `undefined` when they are gone. Lead or admin. */
  'contact.export': { from: 'screen'; payload: { contactId: string }; answer: ContactExport | undefined };
  /** For good, everywhere. Lead or admin. */
  'contact.erase': {
    from: 'screen';
    payload: { contactId: string; reason: EraseReason };
    answer: { erased: boolean };
  };
  /** Lets somebody who was erased be added again. Admin. */
  'contact.lift': { from: 'screen'; payload: { address: string }; answer: { lifted: boolean } };
  'retention.read': { from: 'screen'; payload: undefined; answer: Retention };
  'retention.save': { from: 'screen'; payload: Retention; answer: Retention };
  'company.open': { from: 'screen'; payload: { companyId: string }; answer: CompanyAnswer | undefined };
  /** What a definition meant before; undefined when it is not there. */
  'definition.versions': { from: 'screen'; payload: { id: string }; answer: DefinitionVersion[] | undefined };
  /** Answers when the command is durable on this device, and the words are out of the form they were typed in. */
  'command.write': { from: 'screen'; payload: { command: Command; form?: string }; answer: { saved: true } };
  /** Gives up what the server refused, and with somebody who was not added what was written about them. */
  'command.discard': { from: 'screen'; payload: { id: string }; answer: undefined };
  /** Gives up what the server refused once its words are a form's unsent text. */
  'command.mend': { from: 'screen'; payload: { id: string; form: string; text: string }; answer: undefined };
  /** Puts another command in the place of a refused one, before all that was written after it. */
  'command.replace': { from: 'screen'; payload: { id: string; command: Command }; answer: { saved: true } };
  /** Somebody who was not added is there already: what was written about them is written about that contact. */
  'command.move': { from: 'screen'; payload: { id: string; contactId: string }; answer: undefined };
  /** Begins a sign-in and answers at once: how it goes is in the view. */
  'sign-in.start': {
    from: 'screen';
    payload: { server: string; invitation?: string; how: SigningIn['how'] };
    answer: undefined;
  };
  'sign-in.stop': { from: 'screen'; payload: undefined; answer: undefined };
  /** Signs out, here and at the server; nothing of the team stays on this device, not even what waits. */
  'connection.forget': { from: 'screen'; payload: undefined; answer: undefined };
  /** Unsent text of a form, so that a closed popup loses nothing. Empty text removes it. */
  'draft.save': { from: 'screen'; payload: { form: string; text: string }; answer: undefined };
  'draft.read': { from: 'screen'; payload: { form: string }; answer: string };
  'site.list': { from: 'screen'; payload: undefined; answer: SiteState[] };
  /** Turns a social site on, or off: by its id, or a host of it. Any other site needs none of this. */
  'site.turn': { from: 'screen'; payload: { site: string; on: boolean }; answer: undefined };
  'team.read': { from: 'screen'; payload: undefined; answer: TeamAnswer };
  'team.change': { from: 'screen'; payload: TeamChange; answer: undefined };
  /** The link is told this once. */
  'team.link': { from: 'screen'; payload: LinkWanted; answer: NewLink };
  'team.audit': { from: 'screen'; payload: { before?: string }; answer: AuditAnswer };
  /** What the stream of changes is opened with; `refused`: a token that the server did not take. */
  'stream.open': { from: 'screen'; payload: { refused?: string }; answer: StreamGrant };
  /** What the stream says changed, to be applied. */
  'stream.hear': {
    from: 'screen';
    payload: { of: string; since: number; version: number; changes: Change[]; reset?: boolean };
    answer: undefined;
  };
  /** The stream says that this browser may not come in any more. */
  'stream.end': { from: 'screen'; payload: { of: string; code: 'ended' | 'removed' }; answer: undefined };
}

export type MessageKind = keyof Protocol;
export type Payload<K extends MessageKind> = Protocol[K]['payload'];
export type Answer<K extends MessageKind> = Protocol[K]['answer'];

/** What goes over the wire, both ways. */
export interface Envelope<K extends MessageKind = MessageKind> {
  kind: K;
  payload: Payload<K>;
}
export type Reply<K extends MessageKind> =
  | { data: Answer<K> }
  | { error: { code: ErrorCode; message: string } };

/** What does nothing when it comes a second time: a command is known by its id, and reading changes nothing. */
const REPEATABLE: ReadonlySet<MessageKind> = new Set<MessageKind>([
  ...(['command.write', 'command.discard', 'command.replace', 'command.move', 'command.mend'] as const),
  ...(['draft.read', 'contact.search', 'contact.open', 'contact.export'] as const),
  ...([
    'guess.deny',
    'company.open',
    'definition.versions',
    'site.list',
    'site.turn',
    'team.read',
    'team.audit',
    'retention.read',
  ] as const),
]);
/** A form whose words are saved elsewhere now. Words that are sent again could overtake later ones. */
const isEmptied = (payload: Payload<MessageKind> | undefined): boolean =>
  payload !== undefined && 'form' in payload && 'text' in payload && payload.text === '';
/** ms before each further try. */
const AGAIN = [0, 100, 400, 1600];

/**
 * Sends one message to the background. One that the browser ended before it answered is asked again where that does
 * no harm: it may have done what was asked, and a person who presses twice would have it done twice.
 * Throws `Trouble`.
 */
export async function send<K extends MessageKind>(
  ...[kind, payload]: Payload<K> extends undefined ? [kind: K] : [kind: K, payload: Payload<K>]
): Promise<Answer<K>> {
  const waits = REPEATABLE.has(kind) || isEmptied(payload) ? AGAIN : [];
  for (let tries = 0; ; tries += 1) {
    let reply: Reply<K> | undefined;
    let cause: unknown;
    try {
      reply = await browser.runtime.sendMessage({ kind, payload });
    } catch (error) {
      cause = error;
    }
    if (reply !== undefined) {
      // An answer without anything in it may have come as an empty object.
      if (!('error' in reply)) return reply.data;
      throw new Trouble(reply.error.code, reply.error.message);
    }
    const wait = waits[tries];
    // Without an id the extension was replaced under this page: nobody will answer it any more.
    if (wait === undefined || !browser.runtime?.id) {
      throw new Trouble('outdated', 'the background does not answer', { cause });
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
