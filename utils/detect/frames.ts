/** Of a page's time, in all of its frames together; with frames in it, of the page itself, and of all of these. */
const WHOLE = 0.04;
const TOP = 0.022;
const FRAMES = 0.018;
/** More are not counted. */
const COUNT_MAX = 1000;
/** A count holds so long, in ms. */
const FRESH = 1000;

/** How many frames a page has, whoever's they are: to count them, no frame need be let into another. */
function countFrames(top: Window): number {
  const all = [top];
  for (const one of all) {
    for (let n = 0; n < one.length && all.length <= COUNT_MAX; n++) {
      const frame = one[n];
      if (frame) all.push(frame);
    }
  }
  return all.length - 1;
}

/** What share of a page's time one of its frames may take, for `Pace`: frames cannot tell what the others take. */
export function shareOf(view: Window): () => number {
  let at = Number.NEGATIVE_INFINITY;
  let share = WHOLE;
  return () => {
    const now = performance.now();
    if (now - at > FRESH) {
      at = now;
      const { top } = view;
      const frames = top ? countFrames(top) : 0;
      if (frames === 0) share = WHOLE;
      else share = view === top ? TOP : FRAMES / frames;
    }
    return share;
  };
}
