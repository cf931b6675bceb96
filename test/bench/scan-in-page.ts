import { detect } from '../../utils/detect/engine.ts';
import { Marks } from '../../utils/detect/marks.ts';
import { scan } from '../../utils/detect/scan.ts';

/** The floor: every text's characters fetched, nothing asked of them. */
function walk(root: Node): number {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let length = 0;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    length += node.data.length;
  }
  return length;
}

const addressesIn = (doc: Document) =>
  detect(doc, document.URL).sightings.flatMap((one) => one.address ?? []);

function addressesBelow(root: Element): string[] {
  const marks = new Marks();
  for (const _ of scan(root, marks));
  return [...marks.byNode.values()].flat().flatMap((one) => one.address ?? []);
}

const time = (run: () => unknown): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

/** Lets the compiler see both, on a page of its own that nobody sees. */
function warm(): void {
  const html = '<p>some text<b>and more</b> ann@acme.example</p>'.repeat(200);
  const doc = new DOMParser().parseFromString(html, 'text/html');
  for (let n = 0; n < 30; n++) {
    walk(doc);
    addressesIn(doc);
  }
}

export interface Times {
  floor: number[];
  ours: number[];
  /** What was found. */
  found: string[];
}

/** Rounds until the compiler has settled. */
const WARM = 15;

/** The whole page, in turns. */
export function whole(rounds: number): Times {
  const times: Times = { floor: [], ours: [], found: [] };
  for (let n = -WARM; n < rounds; n++) {
    const floor = time(() => walk(document));
    const ours = time(() => {
      times.found = addressesIn(document);
    });
    if (n < 0) continue;
    times.floor.push(floor);
    times.ours.push(ours);
  }
  return times;
}

/** One of the two, on a page that nobody has read before. */
export function first(ours: boolean): Times {
  warm();
  let found: string[] = [];
  const taken = time(() => {
    if (ours) found = addressesIn(document);
    else walk(document);
  });
  return ours ? { floor: [], ours: [taken], found } : { floor: [taken], ours: [], found };
}

/** So many come at a time: one alone takes hardly longer than the clock's step. */
const BLOCKS = 5;

/** Blocks of `html` that come to the page: each is walked or read, and taken away again. ms are a block's. */
export function added(html: string, rounds: number): Times {
  const times: Times = { floor: [], ours: [], found: [] };
  const add = () => {
    const block = document.createElement('section');
    block.innerHTML = html;
    document.body.append(block);
    return block;
  };
  for (let n = -WARM; n < rounds; n++) {
    const some = Array.from({ length: BLOCKS }, add);
    const others = Array.from({ length: BLOCKS }, add);
    const floor = time(() => some.map(walk)) / BLOCKS;
    const ours =
      time(() => {
        for (const block of others) times.found = addressesBelow(block);
      }) / BLOCKS;
    for (const block of [...some, ...others]) block.remove();
    if (n < 0) continue;
    times.floor.push(floor);
    times.ours.push(ours);
  }
  return times;
}
