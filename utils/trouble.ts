export type ErrorCode =
  | 'sender'
  | 'outdated' // a part of another version
  | 'unset' // no server and token yet
  | 'address' // no web address
  | 'plain' // without TLS, and not on this computer
  | 'preset' // not the server that the company has set
  | 'invalid'
  | 'storage'
  | 'full'
  | 'offline'
  | 'denied' // refused, though this browser was not ended: it may pass
  | 'forbidden' // not for this role
  | 'signed-out'
  | 'ended' // the server has ended this browser
  | 'removed' // its person is no longer in the team
  | 'locked' // for too long without its server
  | 'cancelled' // the sign-in's window was closed, or the answer there was no
  | 'window' // there was no such window
  | 'expired' // the code was not used in time
  | 'gone' // not there any more
  | 'lastAdmin' // a team without an admin
  | 'member' // one already
  | 'mail' // no email address
  | 'domain' // none
  | 'freeMail' // one at which anybody gets an address
  | 'domainTaken' // another team of the server lets its people in
  | 'strange'
  | 'failed';

/** A failure that a person is told about: screens say it by its `code`; `message` is for whoever debugs. */
export class Trouble extends Error {
  readonly code: ErrorCode;
  /** ms before which the server does not want to be asked again. */
  readonly retryAfter: number;
  /** The address by which the server that answered calls itself, where it is not the one it was asked at. */
  readonly callsItself: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options?: ErrorOptions & { retryAfter?: number; callsItself?: string | undefined },
  ) {
    super(message, options);
    this.name = 'Trouble';
    this.code = code;
    this.retryAfter = options?.retryAfter ?? 0;
    this.callsItself = options?.callsItself;
  }
}

/** What the server would not do for a reason of its own: it says nothing about the connection. */
export const REFUSED: readonly ErrorCode[] = [
  'invalid',
  'forbidden',
  'gone',
  'lastAdmin',
  'member',
  'mail',
  'domain',
  'freeMail',
  'domainTaken',
];
