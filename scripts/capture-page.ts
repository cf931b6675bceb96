import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { launch } from '../test/detect/browser.ts';
import { bundle } from '../test/detect/bundle.ts';
import { covers } from '../utils/contract/recipe-host.ts';
import { recipes } from '../utils/detect/sites/index.ts';
import type { PageReport } from '../utils/detect/types.ts';
import type { Part, Piece } from './capture-read.ts';
import { saidIn, scrub, scrubUrl, textsIn, tokensIn } from './capture-scrub.ts';
import { Words } from './capture-words.ts';

export interface Captured {
  html: string;
  /** Where the page is served in tests. */
  url: string;
  /** Words of the page that the scrubbing has left; nothing may be written while there are any. */
  left: string[];
  /** How many people of which role detection finds in the page, and in what became of it. */
  before: string;
  after: string;
}

interface Read {
  part: Part;
  report: PageReport;
  frames: Read[];
}

/** Reads a page and what its frames show, and takes everybody and everything said out of it. */
export async function captured(page: Page): Promise<Captured> {
  const script = await bundle(join(import.meta.dirname, 'capture-read.ts'), 'truceCapture');
  const read = await readFrame(page.mainFrame(), script);
  const reads = all(read);
  const names = reads.flatMap(({ report }) => report.sightings.flatMap(({ name }) => name ?? []));
  const host = new URL(page.url()).hostname;
  const known = recipes.some(({ hosts }) => hosts.some((one) => covers(one, host)));
  const kept = new Set(known || /^[\d.]+$|^localhost$/.test(host) ? [host] : []);
  const texts = reads.flatMap(({ part }) => textsIn(part, kept));
  const words = new Words([...texts, ...saidIn(page.url(), kept)], names, KNOWN);
  const write = ({ part, frames }: Read): string => scrub(part, words, kept, frames.map(write));
  const html = write(read);
  const url = scrubUrl(page.url(), words, kept);
  const made = await readBack(url, html, script);
  const written = all(made).flatMap(({ part }) => textsIn(part, kept));
  const tokens = all(made).flatMap(({ part }) => tokensIn(part));
  return {
    html,
    url,
    left: [
      ...words.leftIn([...written, ...saidIn(url, kept)]),
      ...tokens.filter((one) => !words.isUnsaid(one) || !words.isClean(one)),
    ],
    before: roles([read.report]),
    after: roles([made.report]),
  };
}

/** What recipes go by: names that sites give what anybody has. */
const KNOWN = JSON.stringify(recipes).match(/[\w:-]+/g) ?? [];

const all = (one: Read): Read[] => [one, ...one.frames.flatMap(all)];

async function readFrame(frame: Frame, script: string): Promise<Read> {
  const [part, report] = await frame.evaluate<[Part, PageReport]>(
    `${script}; [truceCapture.read(), truceCapture.report()]`,
  );
  const count = countFrames(part);
  const handles = await frame.$$('iframe');
  const frames: Read[] = [];
  for (const handle of handles.slice(0, count)) {
    const inner = await handle.contentFrame();
    // One that never loaded has nothing to read.
    const read = inner && (await readFrame(inner, script).catch(() => undefined));
    frames.push(
      read ?? {
        part: { tag: 'html', attributes: [], inside: [] },
        report: { recipe: 'none', sightings: [] },
        frames: [],
      },
    );
  }
  return { part, report, frames };
}

function countFrames(piece: Piece): number {
  if (typeof piece === 'string') return 0;
  return piece.inside.reduce((sum, one) => sum + countFrames(one), piece.frame === undefined ? 0 : 1);
}

/** Reads what was written as a browser does, under its address. */
async function readBack(url: string, html: string, script: string): Promise<Read> {
  const browser = await launch();
  const page = await browser.newPage();
  const at = new URL(url);
  at.hash = '';
  await page.route('**/*', (route) =>
    route.request().url() === at.href
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      : route.abort(),
  );
  await page.goto(url);
  const read = await readFrame(page.mainFrame(), script);
  await browser.close();
  return read;
}

/** `1 sender (in focus), 2 recipient`: of which role how many. */
function roles(reports: PageReport[]): string {
  const people = reports.flatMap(({ sightings }) => sightings);
  const named = people.map(({ role, focus }) => (focus ? `${role} in focus` : role)).toSorted();
  return [...new Set(named)]
    .map((role) => `${named.filter((one) => one === role).length} ${role}`)
    .join(', ');
}
