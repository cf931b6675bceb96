export type ErrorCode =
  | 'sender'
  | 'outdated' // a part of another version
  | 'unset' // no server and token yet
  | 'address' // no web address
  | 'plain' // without TLS, and not on this computer
  | 'token' // cannot be one
  | 'invalid'
  | 'storage'
  | 'full'
  | 'offline'
  | 'denied'
  | 'strange'
  | 'failed';

/** A failure that a person is told about: screens say it by its `code`; `message` is for whoever debugs. */
export class Trouble extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Trouble';
    this.code = code;
  }
}
