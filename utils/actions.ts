import type { Command } from './contract/command.ts';
import type { EraseReason } from './contract/privacy.ts';
import type { CompanyAnswer, Hit } from './contract/routes.ts';
import { type MessageKey, t } from './i18n.ts';
import { type ErrorCode, Trouble } from './trouble.ts';
import type { KnownPerson } from './view.ts';

export interface Found {
  hits: Hit[];
  /** The server was not asked. */
  local: boolean;
}

/** What a screen can ask for. Each rejects with an Error whose message is a sentence for people. */
export interface Actions {
  /** Resolves when the command is safe on this device, and the form it was typed in is emptied there. */
  write(command: Command, form?: string): Promise<unknown>;
  /** Gives up what was refused, and what waits behind it. */
  discard(commandId: string): Promise<unknown>;
  /** Gives up what was refused, and keeps this as the form's draft instead. */
  mend(commandId: string, form: string, text: string): Promise<unknown>;
  /** Puts another command in the place of a refused one. Resolves when it is safe on this device. */
  replace(commandId: string, command: Command): Promise<unknown>;
  /** Writes about this contact what waits behind somebody who was not added. */
  move(commandId: string, contactId: string): Promise<unknown>;
  /** Somebody whom the page tells by these `marks` is not this contact: not to be guessed again on this device. */
  deny(contactId: string, marks: string[]): Promise<unknown>;
  search(q: string): Promise<Found>;
  /** Brings a contact into the view. */
  open(contactId: string): Promise<KnownPerson | undefined>;
  /** Hands the person everything the server holds of a contact, as a file. */
  export(contactId: string): Promise<void>;
  /** For good, everywhere; false when they were gone already. */
  erase(contactId: string, reason: EraseReason): Promise<boolean>;
  company(companyId: string): Promise<CompanyAnswer | undefined>;
  /** Asks the browser for the right to read a host; must run within the click. */
  allow(host: string): void;
  options(): void;
  readDraft(form: string): Promise<string>;
  /** An empty text removes the draft. */
  saveDraft(form: string, text: string): void;
}

const TROUBLES: Record<ErrorCode, MessageKey> = {
  sender: 'troubleOutdated',
  outdated: 'troubleOutdated',
  unset: 'troubleUnset',
  address: 'serverIsNone',
  plain: 'serverPlain',
  preset: 'serverPreset',
  invalid: 'troubleInvalid',
  storage: 'troubleStorage',
  full: 'troubleFull',
  offline: 'troubleOffline',
  denied: 'deniedMore',
  forbidden: 'troubleForbidden',
  'signed-out': 'signedOutMore',
  ended: 'signedOutMore',
  removed: 'removedMore',
  locked: 'lockedMore',
  cancelled: 'signInCancelled',
  window: 'signInNoWindow',
  expired: 'signInExpired',
  gone: 'troubleGone',
  lastAdmin: 'troubleLastAdmin',
  member: 'troubleMember',
  mail: 'mailIsNone',
  domain: 'domainIsNone',
  freeMail: 'troubleFreeMail',
  domainTaken: 'troubleDomainTaken',
  strange: 'strangeMore',
  failed: 'troubleFailed',
};

/** The words of a failed action, in the user's language; other errors than `Trouble` bring their own. */
export function wordsOf(error: unknown): string {
  if (error instanceof Trouble) return t(TROUBLES[error.code]);
  return error instanceof Error ? error.message : String(error);
}
