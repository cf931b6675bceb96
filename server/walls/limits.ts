import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { Refusal } from '../routes/problem.ts';
import type { Env } from '../routes/types.ts';
import { networkOf } from './address.ts';
import { createRate } from './rates.ts';
import type { WallSettings } from './settings.ts';
import { Busy, createTurns, type TurnLimits } from './turns.ts';

/** What a paired browser asks by itself; no neighbour's wrong codes keep it from its tokens. */
const BY_ITSELF = new Set(['/oidc/token', '/oidc/.well-known/openid-configuration', '/v1/pairing']);

/** Seconds over which people and workspaces are counted: long enough for a burst, short enough to wait out. */
const WINDOW = 10;

export interface Holding {
  /** ms by which what is over a limit is held back, so that whoever asks again at once costs little. */
  hold: number;
  /** How many may be held back at once; above that there is no time for it. */
  heldMax: number;
  /** Wrong codes and invitations from one address in ten minutes: codes that people type are short. */
  failed: number;
  /** Bad tokens from one address in ten seconds: each costs a signature to check. */
  unknown: number;
  turns: TurnLimits;
}

export const DEFAULT_HOLDING: Holding = {
  hold: 500,
  heldMax: 1000,
  failed: 40,
  unknown: 200,
  turns: { slots: 8, perPerson: 60, perWorkspace: 400, flood: 16, rest: 2, about: 5000 },
};

const TOO_MANY = 'The server gets more requests from you than it takes. Try again in a moment.';
const TOO_MANY_SIGN_INS = 'There were too many attempts to sign in from your network. Try again later.';

export function createLimits(settings: WallSettings, holding: Holding = DEFAULT_HOLDING) {
  const people = createRate(settings.person, WINDOW);
  const workspaces = createRate(settings.workspace, WINDOW);
  const unknown = createRate(holding.unknown, WINDOW);
  const doors = createRate(settings.address, 60);
  const health = createRate(settings.address, 60);
  const failed = createRate(holding.failed, 600);
  const turns = createTurns(holding.turns);
  let held = 0;

  /** @returns false at once when too many are held back already */
  async function pause(): Promise<boolean> {
    if (held >= holding.heldMax) return false;
    held += 1;
    await sleep(holding.hold, undefined, { ref: false });
    held -= 1;
    return true;
  }

  async function refuse(seconds: number, message = TOO_MANY): Promise<never> {
    await pause();
    throw new Refusal(429, 'busy', message, seconds);
  }

  return {
    /**
     * Requests without a token that holds, by address; whoever has one is not held to what neighbours send. A
     * new token is checked late where many were bad, since a check costs most, but it is checked.
     * @param isKnown whether the request's token was found good before
     */
    strangers: (isKnown: (c: Context<Env>) => boolean) =>
      createMiddleware<Env>(async (c, next) => {
        const network = networkOf(c.get('address'));
        const over = isKnown(c) ? undefined : await unknown.look(network);
        if (over !== undefined && !(await pause())) await refuse(over);
        await next();
        if (c.res.status !== 401) return;
        const wait = await unknown.take(network);
        if (wait !== undefined) await refuse(wait);
      }),

    /** Questions whether the server is up, by address. */
    health: createMiddleware<Env>(async (c, next) => {
      const wait = await health.take(networkOf(c.get('address')));
      if (wait !== undefined) await refuse(wait);
      await next();
    }),

    /** Requests of members, by person and by workspace. */
    members: createMiddleware<Env>(async (c, next) => {
      const { workspaceId, member } = c.get('device');
      const wait = (await people.take(`${workspaceId} ${member.id}`)) ?? (await workspaces.take(workspaceId));
      if (wait !== undefined) await refuse(wait);
      // A body that comes slowly must not take up a turn meanwhile.
      if (c.req.method === 'POST') await c.req.text();
      c.set('turn', () => turns.take(workspaceId, member.id));
      const end = await turns.take(workspaceId, member.id).catch((error: unknown) => {
        if (error instanceof Busy) return refuse(1);
        throw error;
      });
      try {
        await next();
      } finally {
        end();
      }
    }),

    /**
     * Sign-in and invitations, by address: all requests, and wrong codes more strictly. Just what a person sent by
     * a form of ours counts as one: any page of the web can make its readers' browsers ask for what is not there.
     */
    doors: createMiddleware<Env>(async (c, next) => {
      const network = networkOf(c.get('address'));
      const byItself = BY_ITSELF.has(c.req.path);
      const wait = byItself
        ? await doors.take(`${network} by itself`)
        : ((await doors.take(network)) ?? (await failed.look(network)));
      if (wait !== undefined) await refuse(wait, TOO_MANY_SIGN_INS);
      await next();
      if (c.get('guessed')) await failed.take(network);
    }),
  };
}
