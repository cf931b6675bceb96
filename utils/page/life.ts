import { browser } from 'wxt/browser';
import type { Envelope, MessageKind, Reply } from '../messages.ts';
import { shared } from './world.ts';

/** Begins anew in this frame: a newer instance ends the older. */
export function beginLife(): AbortController {
  const world = shared();
  world.life?.abort();
  world.life = new AbortController();
  return world.life;
}

/** The one that was begun here, unless it has ended. */
export function currentLife(): AbortController | undefined {
  const { life } = shared();
  return life?.signal.aborted ? undefined : life;
}

/** No more, once the extension was updated or removed. A newer instance may be in a world that cannot reach this. */
export function isOurs(life: AbortController): boolean {
  if (!browser.runtime?.id) life.abort();
  return !life.signal.aborted;
}

/** Whether this is the page itself, rather than a frame in it. */
export const isTop = (): boolean => window === window.top;

/**
 * Tells the background something, a little later when it is only starting.
 * @param holds asked before each try: whether it is still so
 */
export async function tell<K extends MessageKind>(
  life: AbortController,
  message: Envelope<K>,
  holds: () => boolean = () => true,
  attempt = 0,
): Promise<void> {
  if (!isOurs(life) || !holds()) return;
  try {
    await browser.runtime.sendMessage(message);
  } catch (error) {
    if (!isOurs(life) || /invalidated/i.test(String(error))) return life.abort();
    if (attempt < 3) setTimeout(() => tell(life, message, holds, attempt + 1), 400 * 2 ** attempt);
  }
}

/** Asks the background; undefined when there is no answer, or a refusal. */
export async function ask<K extends MessageKind>(message: Envelope<K>): Promise<Reply<K> | undefined> {
  try {
    return await browser.runtime.sendMessage(message);
  } catch {
    return undefined;
  }
}
