import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sighting } from '../../utils/detect/types.ts';
import { launch, openContext, readFrame, show } from './browser.ts';

/** Pages that do not belong to this repository: read where they are at hand. */
const folder = join(process.env.TRUCE_SHARED || join(import.meta.dirname, '../../../shared'), 'pages');

interface Expected {
  url: string;
  must: [name: string, address: string][];
  own?: string[];
  only_name?: string[];
  never?: string[];
}

const listed: [string, Expected][] = existsSync(join(folder, 'expected.json'))
  ? Object.entries<Expected | string>(
      JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')),
    ).flatMap(([file, expected]) => (typeof expected === 'string' ? [] : [[file, expected]]))
  : [];
const cases = listed.filter(([file]) => existsSync(join(folder, file)));
/** Those of a live webmail, which `test/e2e/roundcube*.test.ts` run. */
const isLive = (file: string) => file.startsWith('roundcube/');

/** An article with comments by people of whom it tells a first name, and nothing else. */
const NOBODY = 'schema-org/microdata.7.1.html';
/** How people spell their addresses, one a line: `expected	input	source`. */
const spelled = existsSync(join(folder, 'obfuscated/at-dot.tsv'))
  ? readFileSync(join(folder, 'obfuscated/at-dot.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t').slice(0, 2) as [address: string, text: string])
  : [];

test.runIf(listed.length === 0)('no shared pages here: nothing of them is tried', (context) => {
  context.skip(`${join(folder, 'expected.json')} is not there`);
});

describe.runIf(listed.length > 0)('shared pages: the list', () => {
  test('each page that is listed is here, but for those of a live webmail', () => {
    const absent = listed.map(([file]) => file).filter((file) => !existsSync(join(folder, file)));
    expect(absent.filter((file) => !isLive(file))).toEqual([]);
    expect(cases.length).toBe(listed.filter(([file]) => !isLive(file)).length);
  });

  test('each page that is here is listed, or belongs to the microformats suite, or has nobody in it', () => {
    const names = new Set([...listed.map(([file]) => file), NOBODY]);
    const here = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.html'),
    );
    const unlisted = here.filter((file) => !names.has(file) && !file.startsWith('microformats/'));
    expect(unlisted).toEqual([]);
  });
});

describe.runIf(cases.length > 0)('shared pages', () => {
  let browser: Browser;
  let page: Page;
  const pages = new Map<string, string>();

  beforeAll(async () => {
    browser = await launch();
    page = await (await openContext(browser, pages)).newPage();
  });
  afterAll(() => browser?.close());

  test.each(cases)('%s', async (file, expected) => {
    await show(page, expected.url, readFileSync(join(folder, file), 'utf8'), pages);
    const seen: Sighting[] = [];
    for (const frame of page.frames()) {
      const { report, unchanged } = await readFrame(frame);
      expect(unchanged).toBe(true);
      seen.push(...report.sightings);
    }
    for (const [name, address] of expected.must) {
      const one = seen.find((sighting) => sighting.address === address);
      expect(one, address).toBeDefined();
      if (name) expect(one?.name, address).toBe(name);
      else expect(one?.name ?? '').not.toContain('@');
    }
    for (const own of expected.own ?? []) expect(seen.map(({ address }) => address)).not.toContain(own);
    // Nobody else's address is taken for theirs.
    const named = seen.filter(({ name }) => expected.only_name?.includes(name ?? ''));
    expect(named.flatMap(({ address }) => address ?? [])).toEqual([]);
    const said = seen.flatMap(({ name, address }) => [name, address, `${name} <${address}> as a person`]);
    for (const never of expected.never ?? []) expect(said).not.toContain(never);
  });

  test.runIf(existsSync(join(folder, NOBODY)))(`nobody: ${NOBODY}`, async () => {
    await show(page, 'https://blog.example/', readFileSync(join(folder, NOBODY), 'utf8'), pages);
    expect((await readFrame(page.mainFrame())).report.sightings).toEqual([]);
  });

  test.each(spelled)('spelled out: %s, as %s', async (address, text) => {
    const html = `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
    await show(page, 'https://team.example/', html, pages);
    const { report } = await readFrame(page.mainFrame());
    expect(report.sightings.map((one) => one.address)).toEqual(address ? [address] : []);
  });
});
