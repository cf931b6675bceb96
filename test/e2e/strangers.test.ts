import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from '../../utils/contract/routes.ts';
import { allRows } from '../server/rows.ts';
import { dumpHeld } from './rig/dump.ts';
import { STRANGERS } from './rig/pages.ts';
import { type Screen, until } from './rig/screen.ts';
import { Traces } from './rig/traces.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** Strangers stay strangers, and nothing enters the page. */
let world: World;
let rig: Rig;
let page: Screen;
let panel: Screen;
let traces: Traces;
const log: string[] = [];

/** What there is of the wire, the server's log and the database, to be compared with later. */
async function places() {
  const rows = Object.values(await allRows(world.databaseUrl)).flat();
  return { requests: world.front.requests.length, lines: log.length, rows: new Set(rows) };
}

/** What has come since, as text, by where. */
async function since(before: Awaited<ReturnType<typeof places>>): Promise<Record<string, string>> {
  const rows = Object.values(await allRows(world.databaseUrl)).flat();
  const requests = world.front.requests.slice(before.requests);
  return {
    requests: requests.map(({ all }) => all).join('\n'),
    log: log.slice(before.lines).join('\n'),
    rows: rows.filter((row) => !before.rows.has(row)).join('\n'),
  };
}

const people = (text: string) => [...new Set(traces.find(text).map(({ address }) => address))];

beforeAll(async () => {
  world = await World.start({ logLevel: 'trace', logTo: { write: (line) => void log.push(line) } });
  rig = await world.paired();
  const headers = { authorization: `Bearer ${await world.team.token()}` };
  const answer = await fetch(`${world.front.url}/v1/session`, { headers });
  const { tagKey } = v.parse(Session, await answer.json());
  traces = new Traces(STRANGERS, Buffer.from(tagKey, 'base64'));
});
afterAll(() => world?.stop());

test('2,000 strangers: no request, line or row holds any of them in any form, and nothing on disk', async (context) => {
  const before = await places();
  page = await rig.page(`${world.pages.url}/strangers`);
  panel = await rig.panel(page);
  showOnFailure(context, { page, panel });
  // Only the first hundred are listed.
  await panel.waitForText('2,000 not known', { timeout: 30_000 });
  // One of them typed as a whole is tested on this device; so is all of the page when the background starts anew.
  await panel.click({ role: 'button', name: 'Look somebody up' });
  await panel.fill({ role: 'searchbox' }, STRANGERS[7]?.address ?? '');
  await panel.waitForText('Nobody is known by that');
  await panel.click({ role: 'button', name: 'Back' });
  const asked = world.front.requests.length;
  await rig.endBackground();
  await panel.waitForText('2,000 not known', { timeout: 30_000 });
  // It has spoken with the server since.
  await until(30_000, () => world.front.requests.length > asked || undefined);

  const found = await since(before);
  expect(found.requests).not.toBe('');
  expect(found.log).toContain('/v1/');
  for (const [where, text] of Object.entries(found)) {
    expect(traces.find(text), where).toEqual([]);
    expect(traces.findShort(text), where).toEqual([]);
  }
  // The change feed and the like go on whatever is on the page; look-ups would be sent.
  const sent = world.front.requests.slice(before.requests).filter(({ method }) => method !== 'GET');
  expect(
    sent.map(({ path }) => path).filter((path) => !/^\/(?:oidc\/token|v1\/cards|v1\/companies)$/.test(path)),
  ).toEqual([]);
  const held = await dumpHeld(rig);
  expect(held.disk.length).toBeGreaterThan(10_000);
  expect(traces.find(held.disk)).toEqual([]);
  // What the page shows lies in the session only, which is in memory and goes with the browser.
  expect(people(held.session)).toHaveLength(2000);
});

test('what looks for them finds the one that the user adds, wherever she goes', async (context) => {
  showOnFailure(context, { panel });
  const before = await places();
  await panel.click({ role: 'button', name: 'Add ' });
  await panel.waitForText('Email address');
  const added = await panel.evaluate(
    () => document.querySelector<HTMLInputElement>('input[inputmode=email]')?.value ?? '',
  );
  expect(STRANGERS.map(({ address }) => address)).toContain(added);
  await panel.click({ role: 'button', name: 'Add this person' });
  await panel.waitForText('1,999 not known', { timeout: 20_000 });
  const gone = await until(
    20_000,
    async () => people((await since(before)).rows ?? '').length === 1 || undefined,
  );
  expect(gone).toBe(true);
  const found = await since(before);
  expect(people(found.requests ?? '')).toEqual([added]);
  expect(people(found.rows ?? '')).toEqual([added]);
  // Her tag is in a table of its own, as a number.
  expect(new Set(traces.find(found.rows ?? '').map(({ form }) => form))).toContain(
    'HMAC under the key, 48 bits as a number',
  );
  expect(people(found.log ?? ''), 'contact data is never logged').toEqual([]);
  expect(people((await dumpHeld(rig)).disk)).toEqual([added]);
});

test('a page stays as it is: no element, attribute, style or global of ours', async () => {
  const serialise = () => {
    const known = Object.getOwnPropertyNames(globalThis).sort();
    const sheets = document.styleSheets.length + document.adoptedStyleSheets.length;
    return { html: document.documentElement.outerHTML, known, sheets };
  };
  const read = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(read);
  await panel.waitForText('Bob Marley-Smith');
  const closed = await rig.page(`${world.pages.closedUrl}/people`);
  expect(await read.evaluate(serialise)).toEqual(await closed.evaluate(serialise));
});

test('a page cannot reach anything inside the extension', async () => {
  const page = await rig.page(`${world.pages.url}/people`);
  const reached = await page.evaluate(async (origin) => {
    const tries = ['manifest.json', 'sidepanel.html', 'content-script.js', 'options.html'];
    const got = await Promise.all(
      tries.map((name) =>
        fetch(`${origin}/${name}`).then(
          () => name,
          () => undefined,
        ),
      ),
    );
    return got.filter(Boolean);
  }, rig.origin);
  expect(reached).toEqual([]);
});
