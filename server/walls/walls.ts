import type { Context } from 'hono';
import type { Env } from '../routes/types.ts';
import { addressOf } from './address.ts';
import { createLimits, type Holding } from './limits.ts';
import { createOrigins, type Origins } from './origins.ts';
import { DEFAULT_WALLS, type WallSettings } from './settings.ts';

/** What stands between the network and the routes, for one process. */
export interface Walls {
  /** Of Chromium builds of the extension. */
  extensionIds: readonly string[];
  origins: Origins;
  limits: ReturnType<typeof createLimits>;
  /** Who asks, past trusted proxies; for limits and the audit trail only. */
  addressOf(c: Context<Env>): string;
  /** A proxy says whom it speaks for, and none is trusted: everybody behind it counts as one. */
  passesOver(c: Context<Env>): boolean;
}

export function openWalls(settings: WallSettings = DEFAULT_WALLS, holding?: Holding): Walls {
  const address = addressOf(settings.trustedProxies);
  return {
    extensionIds: settings.extensionIds,
    origins: createOrigins(settings.extensionIds),
    limits: createLimits(settings, holding),
    passesOver: (c) => settings.trustedProxies === '' && c.req.header('x-forwarded-for') !== undefined,
    addressOf: (c) =>
      address({
        remote: c.env?.incoming?.socket.remoteAddress,
        forwarded: c.req.header('x-forwarded-for'),
      }),
  };
}
