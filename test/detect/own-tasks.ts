import type { Frame, Page } from 'playwright-core';
import { detectionScript } from './browser.ts';
import { inOwnWorld } from './own-world.ts';

/** What detection did in the page, in ms. */
export interface OwnTasks {
  tasks: number;
  longest: number;
  busy: number;
  /** Nodes that a walk was handed. */
  steps: number;
  reports: number;
  /** Whether recipes were asked for. */
  asked: boolean;
  /** Of the last report. */
  addresses: string[];
}

/**
 * In our own world each way to be called is wrapped, before detection gets to it, so that all that it does is
 * timed: what the page does is not.
 */
const WRAPPED = `
  const own = { tasks: 0, longest: 0, busy: 0, steps: 0 };
  let depth = 0;
  const timed = (run) => function (...args) {
    if (depth++ > 0) { try { return run.apply(this, args); } finally { depth--; } }
    const start = performance.now();
    try { return run.apply(this, args); } finally {
      depth--;
      const taken = performance.now() - start;
      own.tasks++; own.busy += taken; own.longest = Math.max(own.longest, taken);
    }
  };
  for (const name of ['setTimeout', 'requestAnimationFrame', 'requestIdleCallback']) {
    const plain = globalThis[name].bind(globalThis);
    globalThis[name] = (run, ...rest) => plain(timed(run), ...rest);
  }
  const post = scheduler.postTask.bind(scheduler);
  scheduler.postTask = (run, options) => post(timed(run), options);
  const { then } = Promise.prototype;
  Promise.prototype.then = function (...both) {
    return then.apply(this, both.map((run) => (typeof run === 'function' ? timed(run) : run)));
  };
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, run, options) {
    return addEventListener.call(this, type, typeof run === 'function' ? timed(run) : run, options);
  };
  for (const name of ['MutationObserver', 'IntersectionObserver']) {
    const Plain = globalThis[name];
    globalThis[name] = function (run, ...rest) { return new Plain(timed(run), ...rest); };
  }
  const { nextNode } = TreeWalker.prototype;
  TreeWalker.prototype.nextNode = function () { own.steps++; return nextNode.call(this); };
`;

/** Begins to watch the page in a world of our own. */
export async function watchInOwnWorld(page: Page, frame?: string): Promise<void> {
  const script = await detectionScript();
  await inOwnWorld(
    page,
    `{ ${WRAPPED} ${script}; globalThis.own = own; globalThis.truceDetect = truceDetect; timed(() => { globalThis.watching = truceDetect.watchPage(); })(); } undefined`,
    frame,
  );
}

/** Begins to seek, as the content script does first. */
export async function seekInOwnWorld(page: Page): Promise<void> {
  const script = await detectionScript();
  await inOwnWorld(
    page,
    `{ ${WRAPPED} ${script}; globalThis.own = own; timed(() => { globalThis.seeking = truceDetect.seekPage(); globalThis.watching = { reports: [] }; })(); } undefined`,
  );
}

/** The names on a page that is watched. */
export const namesInOwnWorld = (page: Page): Promise<number> =>
  inOwnWorld<number>(page, 'truceDetect.readNames().then((names) => names.length)');

const TASKS = `(() => { const { reports } = watching;
  const last = reports.at(-1)?.report.sightings ?? globalThis.last ?? [];
  const done = { ...own, reports: reports.length, asked: watching.asked, addresses: last.flatMap(({ address }) => address ?? []) };
  globalThis.last = last; reports.length = 0;
  Object.assign(own, { tasks: 0, longest: 0, busy: 0, steps: 0 });
  return done; })()`;

/** What was done since this was asked last. */
export const ownTasks = (page: Page, frame?: string): Promise<OwnTasks> =>
  inOwnWorld<OwnTasks>(page, TASKS, frame);

/**
 * Puts detection into frames, for `beginIn` to start. In the page's own world: an extension has one for all of a page's
 * frames, while the driver would make one for each frame, and the browser in each of them whatever it takes to run
 * scripts in any window that is looked at.
 */
export async function prepareIn(frames: Frame[]): Promise<void> {
  const script = await detectionScript();
  const all = `{ ${WRAPPED} ${script}; globalThis.own = own; globalThis.begin = timed(() => { globalThis.watching = truceDetect.watchPage(); }); } undefined`;
  for (const one of frames) await one.evaluate(all);
}

export const beginIn = (frame: Frame): Promise<void> => frame.evaluate('begin(); undefined');

export const tasksIn = (frame: Frame): Promise<OwnTasks> => frame.evaluate<OwnTasks>(TASKS);

export const stopWatching = (page: Page): Promise<undefined> =>
  inOwnWorld(page, 'watching.stop.abort(); undefined');
