import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recipes } from '../../utils/detect/sites/index.ts';
import type { PageReport } from '../../utils/detect/types.ts';
import { PageReportSchema } from '../../utils/message-schemas.ts';
import { launch, openContext, readFrame, showIn } from './browser.ts';

/** `<site>/<case>.html` with `<case>.json` beside it: the address it is served under and what must be reported. */
interface Case {
  url: string;
  /** It is a frame of the page at this address. */
  within?: string;
  expected?: PageReport;
}

const update = process.env.UPDATE === '1';
const folder = import.meta.dirname;
const sites = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const cases = sites.flatMap(({ name }) =>
  readdirSync(join(folder, name))
    .filter((file) => file.endsWith('.html'))
    .map((file) => join(name, file.slice(0, -'.html'.length))),
);

let browser: Browser;
let page: Page;
const pages = new Map<string, string>();

beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser?.close());

/** One sighting a line: a change shows as what it is. */
function write(file: string, { url, within }: Case, { sightings, ...rest }: PageReport): void {
  const lines = sightings.map((one) => `      ${JSON.stringify(one)}`).join(',\n');
  const list = lines === '' ? '[]' : `[\n${lines}\n    ]`;
  const around = within === undefined ? '' : `  "within": ${JSON.stringify(within)},\n`;
  const head = JSON.stringify(rest).slice(1, -1);
  writeFileSync(
    file,
    `{\n  "url": ${JSON.stringify(url)},\n${around}  "expected": {\n    ${head},\n    "sightings": ${list}\n  }\n}\n`,
  );
}

test('expectations are never rewritten in CI', () => {
  expect(update && Boolean(process.env.CI)).toBe(false);
});

test('there are at least 150 cases of our own, of every site, hostile and malformed ones among them', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(cases.filter((name) => /hostile|malformed|bomb|unclosed/.test(name)).length).toBeGreaterThanOrEqual(
    10,
  );
  const without = recipes.filter(({ id }) => !cases.some((name) => name.startsWith(`${id}/`)));
  expect(without.map(({ id }) => id)).toEqual([]);
});

test.each(cases)('%s', async (name) => {
  const file = join(folder, `${name}.json`);
  const one: Case = JSON.parse(readFileSync(file, 'utf8'));
  const html = readFileSync(join(folder, `${name}.html`), 'utf8');
  const frame = await showIn(page, one, html, pages);
  const { report: read, unchanged } = await readFrame(frame);
  // A recipe's version moves on without the page being read any differently.
  const { version: _, ...report } = read;
  expect(unchanged, 'the page was changed').toBe(true);
  // One that the background refuses would leave the last page's people on show.
  expect(v.safeParse(PageReportSchema, read).issues, 'a report that is taken').toBeUndefined();
  if (update && !process.env.CI) write(file, one, report);
  else expect(report).toEqual(one.expected ?? 'an expectation');
});
