/**
 * Every message of the extension: who may send it, what goes in, what comes out.
 * Live views go over the port `screen` instead: its name is `screen` or `screen:<tabId>` (bound to one tab).
 */

import { browser } from 'wxt/browser';
import type { Command } from './contract/command.ts';
import type { CompanyAnswer, Hit } from './contract/routes.ts';
import type { PageReport } from './detect/types.ts';
import { type ErrorCode, Trouble } from './trouble.ts';
import type { Connection, KnownPerson } from './view.ts';

export const SCREEN_PORT = 'screen';

/** What the options show of a site. */
export interface SiteState {
  /** Match pattern to ask permission for: `https://mail.google.com/*`. */
  origin: string;
  label: string;
  granted: boolean;
  /** Granted by the package itself: cannot be given back. */
  fixed: boolean;
}

/** `from` is checked before the payload is looked at. */
export interface Protocol {
  'page.report': { from: 'content'; payload: PageReport; answer: undefined };
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
  'company.open': { from: 'screen'; payload: { companyId: string }; answer: CompanyAnswer | undefined };
  /** Answers when the command is durable on this device. */
  'command.write': { from: 'screen'; payload: Command; answer: { saved: true } };
  'command.discard': { from: 'screen'; payload: { id: string }; answer: undefined };
  'connection.set': { from: 'screen'; payload: { server: string; token: string }; answer: Connection };
  'connection.forget': { from: 'screen'; payload: undefined; answer: undefined };
  /** Unsent text of a form, so that a closed popup loses nothing. Empty text removes it. */
  'draft.save': { from: 'screen'; payload: { form: string; text: string }; answer: undefined };
  'draft.read': { from: 'screen'; payload: { form: string }; answer: string };
  'site.list': { from: 'screen'; payload: undefined; answer: SiteState[] };
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

/** Sends one message to the background. Throws `Trouble`. */
export async function send<K extends MessageKind>(
  ...[kind, payload]: Payload<K> extends undefined ? [kind: K] : [kind: K, payload: Payload<K>]
): Promise<Answer<K>> {
  let reply: Reply<K> | undefined;
  try {
    reply = await browser.runtime.sendMessage({ kind, payload });
  } catch (cause) {
    throw new Trouble('outdated', 'the background does not answer', { cause });
  }
  if (reply === undefined) throw new Trouble('outdated', 'the background does not answer');
  if ('error' in reply) throw new Trouble(reply.error.code, reply.error.message);
  return reply.data;
}
