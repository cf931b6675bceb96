import * as v from 'valibot';
import { readAs } from '../contract/base.ts';
import type { Batch, Grant, HeldKey } from '../replica/disk.ts';
import { signed } from '../replica/own.ts';
import type { Replica } from '../replica/replica.ts';
import { Trouble } from '../trouble.ts';
import { claimsOf } from './claims.ts';
import { type Proof, proofOf } from './key.ts';
import { createOAuth, type OAuth, Refused, type Tokens } from './oauth.ts';
import { forgetRefusals, noteRefusal } from './refusals.ts';
import type { Shelf } from './shelf.ts';
import { askStanding, tellGone } from './standing.ts';
import { UnderWay } from './under-way.ts';

/** Under this the access token lies on the shelf. */
const ACCESS = 'access';
/** Seconds before its end from which on a token is renewed. */
const MARGIN = 30;

const Access = v.object({ token: v.string(), browserId: v.string(), until: v.number() });
type Access = v.InferOutput<typeof Access>;

export interface AuthParts {
  replica: Replica;
  shelf: Shelf;
  fetch: typeof globalThis.fetch;
  now?: () => number;
  /** Runs one job at a time of all workers of this extension: an old one may still be ending. */
  alone?: <T>(job: () => Promise<T>) => Promise<T>;
}

/**
 * The right of this browser to speak for its person. The refresh token is on disk, good only with a key that
 * cannot be taken out of this browser; the access token is never on disk.
 *
 * A refresh that is cut off anywhere costs nothing: the server takes the old token until the new one is used, and
 * the new one is on disk before anything is done with it.
 */
export class Auth {
  readonly #parts: Required<AuthParts>;
  readonly #underWay: UnderWay;
  #renewing: Promise<string> | undefined;
  #oauth: { server: string; oauth: OAuth } | undefined;
  #proof: { browserId: string; proof: Proof } | undefined;

  constructor(parts: AuthParts) {
    this.#underWay = new UnderWay(parts.fetch);
    this.#parts = {
      now: Date.now,
      alone: (job) => navigator.locks.request('truce-auth', job),
      ...{ ...parts, fetch: this.#underWay.fetch },
    };
  }

  /** The OpenID provider of this server; what it is asked first is remembered. */
  oauth(server: string): OAuth {
    if (this.#oauth?.server !== server) {
      this.#oauth = { server, oauth: createOAuth(server, this.#parts.fetch) };
    }
    return this.#oauth.oauth;
  }

  /**
   * An access token. Throws `Trouble`: `signed-out` (there is no right, or it was refused for minutes), `ended` or
   * `removed` (it was taken), `denied` (refused without a reason that holds: try again), `offline`, `strange`.
   * @param refused one that the server did not take
   */
  async token(refused?: string): Promise<string> {
    const held = await this.#held(refused);
    if (held !== undefined) return held;
    this.#renewing ??= this.#parts
      .alone(async () => (await this.#held(refused)) ?? this.#renew())
      .finally(() => {
        this.#renewing = undefined;
      });
    return this.#renewing;
  }

  /**
   * Takes what a sign-in brought. Of another person's or workspace's copy nothing stays but what waits to be sent,
   * which only its author can send. Throws `Trouble` (`full`) where there is no room: then nothing has changed.
   */
  adopt(server: string, tokens: Tokens, key: HeldKey): Promise<void> {
    return this.#parts.alone(async () => {
      const { replica } = this.#parts;
      const { memberId, workspaceId, browserId } = claimsOf(tokens.access);
      if (tokens.refresh === undefined) throw new Trouble('strange', 'a sign-in without a refresh token');
      await replica.load();
      const { meta } = replica;
      // Any server may name the ids of another.
      const known = meta.server === server && meta.workspaceId === workspaceId;
      const same = known && (meta.me === undefined || meta.me === memberId);
      const batch: Batch = {
        ...(!same && { clear: true, queued: signed(replica), dropDrafts: await replica.draftForms() }),
        grant: { server, browserId, refreshToken: tokens.refresh, key },
        pending: null,
        // Without version and tag key, the next round starts over.
        meta: {
          ...{ server, workspaceId, me: memberId, browserId },
          ...(same && meta.workspace !== undefined && { workspace: meta.workspace }),
          ...(same && meta.inStepAt !== undefined && { inStepAt: meta.inStepAt }),
          ...(same && meta.away !== undefined && { away: meta.away }),
          ...(same && meta.lockDays !== undefined && { lockDays: meta.lockDays }),
          ...(same && meta.locked !== undefined && { locked: meta.locked }),
        },
      };
      await replica.write(batch, true);
      this.#proof = undefined;
      await this.#hold(tokens, browserId);
    });
  }

  /** Whether the server says that this browser may still come in: nobody is signed out on anything else. */
  ask(): Promise<never> {
    return askStanding(this.#parts.fetch, this.#parts.replica.meta);
  }

  /**
   * Gives everything up here, without waiting for anybody. What it brings tells the server, where it can be
   * reached, and never fails.
   */
  signOut(): Promise<() => Promise<void>> {
    const { replica, alone } = this.#parts;
    // A renewal would be waited for.
    this.#underWay.breakOff();
    return alone(async () => {
      const held = await this.#held(undefined);
      const { server } = replica.meta;
      const grant = await replica.grant();
      await this.#drop({ clear: true, clearOwn: true });
      return async () => {
        const token = held ?? (grant && (await this.#spend(grant).catch(() => undefined))?.access);
        if (server !== undefined && token !== undefined) {
          await tellGone(this.#parts.fetch, server, token).catch(() => undefined);
        }
      };
    });
  }

  /**
   * Forgets the right, with what the batch says, at once.
   * @param browserId the browser that it is about: that of a later sign-in, perhaps by another worker, stays
   * @returns whether it did
   */
  drop(batch: Batch, browserId?: string): Promise<boolean> {
    return this.#parts.alone(async () => {
      const held = await this.#parts.replica.grant();
      if (browserId !== undefined && held && held.browserId !== browserId) return false;
      await this.#drop(batch);
      return true;
    });
  }

  async #drop(batch: Batch): Promise<void> {
    this.#proof = undefined;
    await this.#parts.shelf.remove(ACCESS).catch(() => undefined);
    await this.#parts.replica.write({ ...batch, grant: null, pending: null });
  }

  /**
   * 1. the token on disk is shown, with a proof that this browser holds its key;
   * 2. what comes back is on disk before anybody knows of it;
   * 3. refused, the server is asked whether this browser was ended: a refusal alone takes nothing away.
   */
  async #renew(): Promise<string> {
    const { replica } = this.#parts;
    const grant = await replica.grant();
    // Another worker may have signed somebody else in, whom this copy does not know.
    if (!grant || grant.browserId !== replica.meta.browserId) {
      throw new Trouble('signed-out', 'nobody is signed in');
    }
    const tokens = await this.#spend(grant).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      return this.#refused(error, grant);
    });
    const { browserId } = claimsOf(tokens.access);
    if (browserId !== grant.browserId) throw new Trouble('strange', "another browser's token");
    const { refresh } = tokens;
    // On a full disk this fails silently: then the old one stays the one that is used, and good.
    if (refresh !== undefined) await replica.write({ grant: { ...grant, refreshToken: refresh } });
    await this.#hold(tokens, browserId);
    await forgetRefusals(this.#parts.shelf);
    return tokens.access;
  }

  /** A restored server may refuse for good without having ended anything: after a while that is said, and no more. */
  async #refused({ code }: Refused, { browserId }: Grant): Promise<never> {
    const { shelf, now } = this.#parts;
    const answer = await this.ask().catch((error: unknown) => error);
    const paired = answer instanceof Trouble && answer.code === 'denied';
    if (code === 'invalid_grant' && paired && (await noteRefusal(shelf, browserId, now()))) {
      throw new Trouble('signed-out', 'refused again and again');
    }
    throw answer;
  }

  async #spend(grant: Grant): Promise<Tokens> {
    return this.oauth(grant.server).byRefresh(grant.refreshToken, await this.#proofFor(grant));
  }

  async #proofFor({ key, browserId }: Grant): Promise<Proof> {
    if (this.#proof?.browserId !== browserId) this.#proof = { browserId, proof: await proofOf(key) };
    return this.#proof.proof;
  }

  async #hold({ access, seconds }: Tokens, browserId: string): Promise<void> {
    const until = this.#parts.now() + (seconds - MARGIN) * 1000;
    const held = { token: access, browserId, until } satisfies Access;
    await this.#parts.shelf.set(ACCESS, held).catch(() => undefined);
  }

  /**
   * The token on the shelf, while it lasts by this computer's clock: one that is kept too long is refused by the
   * server and renewed then, so that a clock that is wrong or set does no harm.
   */
  async #held(refused: string | undefined): Promise<string | undefined> {
    const { replica, shelf, now } = this.#parts;
    await replica.load();
    const read = readAs(Access, await shelf.get(ACCESS).catch(() => undefined));
    if (!read || read.browserId !== replica.meta.browserId) return undefined;
    return read.token === refused || read.until <= now() ? undefined : read.token;
  }
}
