import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sighting } from '../../utils/detect/types.ts';
import { launch, openContext, readFrame, show } from './browser.ts';

/** The microformats community's own suite, where it is at hand: each page with what a parser makes of it. */
const shared = process.env.TRUCE_SHARED || join(import.meta.dirname, '../../../shared');
const suite = join(shared, 'pages/microformats/tests');
const marketing = join(shared, 'vectors/linkifyjs/email.html');

interface Item {
  properties: Record<string, unknown[] | undefined>;
  children?: Item[];
}

const cases = existsSync(suite)
  ? readdirSync(suite, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
  : [];

/** The addresses of a card, those alone that are links, with its name. */
function peopleOf({ properties, children = [] }: Item): [address: string, name: unknown][] {
  const own = (properties.email ?? []).flatMap((value) => {
    const address = /^mailto:([^?]+)/.exec(String(value))?.[1];
    return address === undefined ? [] : ([[address, properties.name?.[0]]] as [string, unknown][]);
  });
  return [...own, ...children.flatMap(peopleOf)];
}

/**
 * A link's own address counts, where its text has another one (`email.html` wants the text of one with `class=value`):
 * that is where a click writes to.
 */
const BY_THEIR_LINK = new Map([['microformats-v1/hcard/email', ['notthis@example.com']]]);

test.runIf(cases.length === 0)('no microformats suite here: nothing of it is tried', (context) => {
  context.skip(`${suite} is not there`);
});

describe.runIf(cases.length > 0)('pages of others', () => {
  let browser: Browser;
  let page: Page;
  const pages = new Map<string, string>();

  beforeAll(async () => {
    browser = await launch();
    page = await (await openContext(browser, pages)).newPage();
  });
  afterAll(() => browser?.close());

  async function read(file: string): Promise<Sighting[]> {
    await show(page, 'http://example.com/', readFileSync(file, 'utf8'), pages);
    const { report, unchanged } = await readFrame(page.mainFrame());
    expect(unchanged).toBe(true);
    return report.sightings;
  }

  test.each(cases)('%s', async (name) => {
    const { items }: { items: Item[] } = JSON.parse(readFileSync(join(suite, `${name}.json`), 'utf8'));
    const people = items.flatMap(peopleOf);
    const seen = await read(join(suite, `${name}.html`));
    for (const [address, called] of people) {
      const one = seen.find((sighting) => sighting.address === address);
      expect(one, address).toBeDefined();
      expect(one?.name, address).toBe(called);
    }
    // Nobody else: neither an address nor a profile that the suite does not know.
    const known = [...people.map(([address]) => address), ...(BY_THEIR_LINK.get(name) ?? [])];
    const others = seen.filter(({ address = '' }) => !known.includes(address));
    expect(others).toEqual([]);
    expect(seen.every(({ focus }) => !focus)).toBe(true);
  });

  test.runIf(existsSync(marketing))('a marketing mail: who is in it, and nobody in front', async () => {
    const seen = await read(marketing);
    expect(seen.map(({ address }) => address).sort()).toEqual([
      'condamar@orange.fr',
      'youralerts@jobtomealert.com',
    ]);
    expect(seen.some(({ focus }) => focus)).toBe(false);
  });
});
