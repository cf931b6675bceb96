import { browser } from 'wxt/browser';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { Recipe } from '../utils/contract/recipe.ts';
import { fitting } from '../utils/detect/fitting.ts';
import { Pace } from '../utils/detect/pace.ts';
import type { PageReport } from '../utils/detect/types.ts';
import { watch } from '../utils/detect/watch.ts';
import type { Envelope, Reply } from '../utils/messages.ts';

/** Lives in the extension's own world, where the page cannot see it: a newer instance ends the older by it. */
const world: typeof globalThis & { truce?: AbortController; trucePace?: Pace } = globalThis;

/** Frames that can reach the page around them share what time we may take of it. */
function paceOf(top: boolean): Pace {
  if (top) world.trucePace ??= new Pace();
  try {
    return (window.top as typeof world | null)?.trucePace ?? new Pace();
  } catch {
    return new Pace();
  }
}

/**
 * Unlisted, since WXT's wrapper for content scripts announces itself to the page with an event.
 * Runs in every frame of a site the user opened to us, or once by a click on the toolbar icon.
 */
export default defineUnlistedScript(() => {
  world.truce?.abort();
  const life = new AbortController();
  world.truce = life;
  const top = window === window.top;
  let latest: PageReport | undefined;

  /** No more, once the extension was updated or removed. A newer instance may be in a world that cannot reach this. */
  function isOurs(): boolean {
    if (!browser.runtime?.id) life.abort();
    return !life.signal.aborted;
  }

  async function send(report: PageReport, attempt = 0): Promise<void> {
    if (life.signal.aborted || report !== latest) return;
    try {
      if (!isOurs()) return;
      const message: Envelope<'page.report'> = { kind: 'page.report', payload: report };
      await browser.runtime.sendMessage(message);
    } catch (error) {
      if (!isOurs() || /invalidated/i.test(String(error))) return life.abort();
      // The background is starting: it gets the latest report a little later.
      if (attempt < 3) setTimeout(() => send(report, attempt + 1), 400 * 2 ** attempt);
    }
  }

  /** The recipes for this site; a page that gets none is read without. */
  async function recipes(): Promise<readonly Recipe[]> {
    const message: Envelope<'page.recipes'> = { kind: 'page.recipes', payload: undefined };
    try {
      const reply: Reply<'page.recipes'> = await browser.runtime.sendMessage(message);
      return 'data' in reply ? reply.data : [];
    } catch {
      return [];
    }
  }

  let candidates: readonly Recipe[] = [];
  async function learn(): Promise<void> {
    candidates = await recipes();
  }
  /** A frame asks once it has somebody to report. */
  let learning = top ? learn() : undefined;

  watch(document, {
    recipe: () => fitting(document, candidates),
    ready: () => {
      learning ??= learn();
      return learning;
    },
    report: (report) => {
      // A frame without people has nothing to say; the page itself always reports, so that it counts as read.
      if (!top && latest === undefined && report.sightings.length === 0) return;
      latest = report;
      void send(report);
    },
    quiet: !top,
    pace: paceOf(top),
    signal: life.signal,
    wanted: isOurs,
  });
});
