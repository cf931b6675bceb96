/** Of a page's time, in all of its frames together. */
const WHOLE = 0.04;
/** What a page keeps of it for itself when it has frames, and a frame of its part when it has some. */
const OWN = 0.55;
/** What stands deeper than this shares what is left as if it stood here. */
const LEVELS_MAX = 20;
/** What a frame's part is holds so long, in ms. */
const FRESH = 1000;

/**
 * What part of a page's time a frame and all within it may take: what is left above it, by the frames that stand beside
 * it. Only the windows above are asked, whoever's they are, and only how many frames they have: to go from one frame to
 * the next would make the browser prepare each of them for our scripts, 10 ms for every one on a slow computer.
 */
function partOf(view: Window, level = 0): number {
  const { parent } = view;
  if (!parent || parent === view || level === LEVELS_MAX) return WHOLE;
  return (partOf(parent, level + 1) * (1 - OWN)) / Math.max(1, parent.length);
}

/** What share of a page's time one of its frames may take, for `Pace`: frames cannot tell what the others take. */
export function shareOf(view: Window): () => number {
  let at = Number.NEGATIVE_INFINITY;
  let share = WHOLE;
  return () => {
    const now = performance.now();
    if (now - at > FRESH) {
      at = now;
      share = partOf(view) * (view.length > 0 ? OWN : 1);
    }
    return share;
  };
}
