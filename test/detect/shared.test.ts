import { existsSync, readFileSync } from 'node:fs';
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

test(`shared pages: ${cases.length} of ${listed.length} are here, the others belong to a live webmail`, () => {
  const absent = listed.map(([file]) => file).filter((file) => !existsSync(join(folder, file)));
  expect(absent.filter((file) => !file.startsWith('roundcube/'))).toEqual([]);
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
});
