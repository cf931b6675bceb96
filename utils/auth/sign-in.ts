import type { HeldKey, Pending } from '../replica/disk.ts';
import type { Replica } from '../replica/replica.ts';
import { type ErrorCode, Trouble } from '../trouble.ts';
import type { SigningIn } from '../view.ts';
import type { Auth } from './auth.ts';
import { newKey, proofOf } from './key.ts';
import { Refused, type Tokens } from './oauth.ts';

/** Seconds that a server which is asked too often gains each time. */
const SLOWER = 5;

export interface SignInParts {
  replica: Replica;
  auth: Pick<Auth, 'oauth'>;
  /** The browser's own web-auth window; absent where there is none. Answers the address it ended at. */
  openWindow?: ((url: string) => Promise<string>) | undefined;
  /** The address that ends it. */
  redirect: () => string | undefined;
  openTab: (url: string) => Promise<unknown>;
  /** How the team sees this browser: `Firefox, Linux`. */
  browserName: () => Promise<string>;
  /** Takes what the server gave. */
  done: (server: string, tokens: Tokens, key: HeldKey) => Promise<void>;
  onChange: () => void;
  /** Keeps the browser from ending us while a person is reading a page. */
  stayAwake: () => void;
  sleep?: (ms: number) => Promise<void>;
}

export interface Asked {
  server: string;
  invitation?: string;
  how: SigningIn['how'];
}

/** One sign-in at a time, by the browser's web-auth window or by a code on a page; `state` is for the screens. */
export class SignIn {
  readonly #parts: Required<Pick<SignInParts, 'sleep'>> & SignInParts;
  #state: SigningIn | undefined;
  /** Counts: what an earlier one still brings is void. */
  #turn = 0;

  constructor(parts: SignInParts) {
    this.#parts = {
      sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)),
      ...parts,
    };
  }

  get state(): SigningIn | undefined {
    return this.#state;
  }

  /** Resolves when it is over, signed in or not: `state` says which. */
  async start({ server, invitation, how }: Asked): Promise<void> {
    const turn = this.#begin({ server, how });
    const awake = setInterval(this.#parts.stayAwake, 10_000);
    try {
      const extra = {
        browser_name: (await this.#parts.browserName()).slice(0, 60),
        ...(invitation !== undefined && { invitation }),
      };
      const key = await newKey(this.#parts.replica, server);
      if (await this.#isVoid(turn)) return;
      if (how === 'window') await this.#byWindow(server, key, extra, turn);
      else await this.#byCode(server, key, extra, turn);
    } catch (error) {
      await this.#failed(error, turn);
    } finally {
      clearInterval(awake);
    }
  }

  /** Goes on waiting for a code after the background was ended. */
  async resume(): Promise<void> {
    if (this.#state) return;
    const { replica } = this.#parts;
    await replica.load();
    const pending = await replica.pending();
    if (!pending?.device || this.#state) return;
    const turn = this.#begin({ ...shown(pending.device), server: pending.server, how: 'code' });
    await this.#wait(pending, turn).catch((error: unknown) => this.#failed(error, turn));
  }

  /** The person has thought better of it. */
  async stop(): Promise<void> {
    this.#turn += 1;
    this.#show(undefined);
    await this.#parts.replica.write({ pending: null });
  }

  async #byWindow(server: string, key: HeldKey, extra: Record<string, string>, turn: number): Promise<void> {
    const { auth, openWindow } = this.#parts;
    const oauth = auth.oauth(server);
    const redirect = this.#parts.redirect();
    if (!openWindow || redirect === undefined) throw new Trouble('window', 'no web-auth window here');
    const request = await oauth.request(redirect, extra);
    if (await this.#isVoid(turn)) return;
    const answer = await openWindow(request.url).catch((cause: unknown) => {
      const closed = /not approve|cancel|denied|closed/i.test(String(cause));
      throw new Trouble(closed ? 'cancelled' : 'window', 'the window gave no answer', { cause });
    });
    // Whoever takes the code claims the pairing, and uses its invitation up.
    if (await this.#isVoid(turn)) return;
    const code = request.read(answer);
    await this.#take(server, await oauth.byCode(code, redirect, await proofOf(key)), key, turn);
  }

  async #byCode(server: string, key: HeldKey, extra: Record<string, string>, turn: number): Promise<void> {
    const { auth, replica, openTab } = this.#parts;
    const device = await auth.oauth(server).device(extra);
    if (await this.#isVoid(turn)) return;
    const pending = { server, key, device };
    await replica.write({ pending });
    if (await this.#isVoid(turn)) return;
    this.#show({ ...shown(device), server, how: 'code' });
    await openTab(device.link).catch(() => undefined);
    await this.#wait(pending, turn);
  }

  /** Asks as often as the server said, until it says yes or no; out of reach, it asks on. */
  async #wait({ server, key, device }: Pending, turn: number): Promise<void> {
    const { auth, sleep, stayAwake } = this.#parts;
    if (!device) return;
    const proof = await proofOf(key);
    for (let { interval } = device; ; ) {
      await sleep(interval * 1000);
      if (turn !== this.#turn) return;
      stayAwake();
      try {
        const tokens = await auth.oauth(server).byDevice(device.deviceCode, proof);
        return await this.#take(server, tokens, key, turn);
      } catch (error) {
        if (error instanceof Refused && error.code === 'slow_down') interval += SLOWER;
        else if (!isWaiting(error)) throw error;
      }
    }
  }

  async #take(server: string, tokens: Tokens, key: HeldKey, turn: number): Promise<void> {
    if (turn !== this.#turn) return;
    await this.#parts.done(server, tokens, key);
    if (turn === this.#turn) this.#show(undefined);
  }

  /** Whether it was stopped, or another has begun since: then nothing of it stays on disk. */
  async #isVoid(turn: number): Promise<boolean> {
    if (turn === this.#turn) return false;
    // Another that is under way has put its own there.
    if (!this.#state || this.#state.problem) await this.#parts.replica.write({ pending: null });
    return true;
  }

  #begin(state: SigningIn): number {
    this.#turn += 1;
    this.#show(state);
    return this.#turn;
  }

  async #failed(error: unknown, turn: number): Promise<void> {
    if (turn !== this.#turn || !this.#state) return;
    if (!(error instanceof Trouble || error instanceof Refused)) globalThis.reportError?.(error);
    const { server, how } = this.#state;
    const callsItself = error instanceof Trouble ? error.callsItself : undefined;
    this.#show({ server, how, problem: problemOf(error), ...(callsItself !== undefined && { callsItself }) });
    await this.#parts.replica.write({ pending: null });
  }

  #show(state: SigningIn | undefined): void {
    this.#state = state;
    this.#parts.onChange();
  }
}

const shown = ({ userCode, link }: NonNullable<Pending['device']>) => ({ code: userCode, link });

const isWaiting = (error: unknown): boolean =>
  error instanceof Refused
    ? error.code === 'authorization_pending'
    : error instanceof Trouble && error.code === 'offline';

function problemOf(error: unknown): ErrorCode {
  if (error instanceof Trouble) return error.code;
  if (!(error instanceof Refused)) return 'failed';
  if (error.code === 'access_denied') return 'cancelled';
  // A code that was waited for too long is forgotten in the end.
  return error.code === 'expired_token' || error.code === 'invalid_grant' ? 'expired' : 'strange';
}
