import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { Recipe } from '../utils/contract/recipe.ts';
import { fittingInSteps } from '../utils/detect/fitting.ts';
import type { PageReport } from '../utils/detect/types.ts';
import { watch } from '../utils/detect/watch.ts';
import { ask, currentLife, isOurs, isTop, tell } from '../utils/page/life.ts';
import { sharedPace } from '../utils/page/shared-pace.ts';
import { shared } from '../utils/page/world.ts';

/** Run by the background in a frame whose content script has found something, or whose site is known. */
export default defineUnlistedScript(() => {
  const life = currentLife();
  const world = shared();
  if (!life || world.reads === life) return;
  world.reads = life;
  const top = isTop();
  let latest: PageReport | undefined;

  let candidates: readonly Recipe[] = [];
  /** A page that gets no recipes is read without. */
  async function learn(): Promise<void> {
    const reply = await ask({ kind: 'page.recipes', payload: undefined });
    if (reply && 'data' in reply) candidates = reply.data;
  }
  /** A frame asks once it has somebody to report. */
  let learning = top ? learn() : undefined;

  watch(document, {
    recipe: () => fittingInSteps(document, candidates),
    ready: () => {
      learning ??= learn();
      return learning;
    },
    report: (report) => {
      // Of a frame it is told who is in it, or that nobody is any more, or is where somebody has to be.
      const nobody = report.sightings.length === 0 && report.recipe !== 'missed';
      if (!top && latest === undefined && nobody) return;
      latest = report;
      void tell(life, { kind: 'page.report', payload: report }, () => report === latest);
    },
    quiet: !top,
    pace: sharedPace(),
    signal: life.signal,
    wanted: () => isOurs(life),
  });
});
