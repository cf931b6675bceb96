import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/run.ts';
import type { Recipe } from '../../utils/contract/recipe.ts';
import { roundcube } from '../../utils/detect/sites/roundcube.ts';
import { LONG } from '../series.ts';
import { allRows } from '../server/rows.ts';
import { type Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

/** A webmail has changed: it is noticed, told without a word of its pages, and mended while they are open. */
let world: World;
let rig: Rig;
let mail: Screen;
let panel: Screen;
let team: Screen;
let folder: string;
let server: Server;
let url: string;

const writerOf = (uid: string) => (uid === '4' ? 'ann.lee@acme.example' : 'bob.smith@acme.example');
/** How many strangers it has tells one page from the next. */
const strangersOf = (uid: string) =>
  Array.from({ length: Number(uid) }, (_, nth) => `stranger-${nth}@elsewhere.example`).join(', ');
/** Known by its marks as before; who has written it is marked in a new way, which nobody could guess. */
const message = (uid: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
  <title>Roundcube Webmail :: Pallets ${uid}</title><body>
  <script src="data:text/javascript,//program/js/app.min.js"></script><div id="messagestack"></div>
  <div id="message-header"><h2>Pallets ${uid}</h2>
  <p class="writer">From <b class="person" data-c="${writerOf(uid)}">Somebody</b></p></div>
  <div id="messagebody"><p>Ask zoe.francois@societe.example about quarterly pallets, or ${strangersOf(uid)}.</p></div>
  <iframe srcdoc="<p>Nobody here</p>"></iframe></body></html>`;
const mailAt = (uid: number) => `${url}/?_task=mail&_action=show&_uid=${uid}`;

const asked = () => world.front.requests.filter(({ path }) => path.startsWith('/v1/recipes'));
const reports = () => asked().filter(({ method }) => method === 'POST');
/** What the server has for whoever asks now. */
async function served(): Promise<string> {
  const headers = { authorization: `Bearer ${await world.team.token()}` };
  return (await fetch(`${world.front.target}/v1/recipes`, { headers })).text();
}
const put = (recipe: Recipe) => writeFile(join(folder, `${recipe.id}.json`), JSON.stringify(recipe));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truce-served-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = createServer(({ url: path = '' }, response) => {
    const uid = new URL(path, url).searchParams.get('_uid') ?? '0';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(message(uid));
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  // Wider than what is shipped: no browser takes it, wherever it would be read.
  await put({ ...roundcube, id: 'gmail', hosts: ['127.0.0.1.example'], version: 2999_01_01_00 });
  world = await World.start({ recipes: folder });
  rig = await world.paired(world.team.members.find(({ role }) => role === 'admin'));
  mail = await rig.page(mailAt(1));
  panel = await rig.panel(mail);
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('one page that is missed is said to be, and what is found all the same is shown', async (context) => {
  showOnFailure(context, { mail, panel });
  await panel.waitForText('could not find the open message on Roundcube', { timeout: 20_000 });
  expect(await panel.text()).toContain('Zoë François');
  expect(await panel.text()).not.toContain('Bob Marley-Smith');
  // Asked for once, when the browser came in; there is nothing to be told yet.
  expect(asked().map(({ method, status }) => `${method} ${status}`)).toEqual(['GET 200']);
});

test('after three the panel says so, and the admin sees which recipe, and nobody anything else', async (context) => {
  showOnFailure(context, { mail, panel });
  for (const uid of [2, 3]) {
    await mail.page.goto(mailAt(uid));
    await panel.waitForText(`${uid} not known`, { timeout: 20_000 });
    await panel.waitForText(uid < 3 ? 'could not find the open message' : 'Roundcube has changed', {
      timeout: 20_000,
    });
  }
  await panel.waitForText('Your team’s admin has been told.', { timeout: 20_000 });
  expect(await panel.text()).toContain('Zoë François');
  await panel.click({ role: 'button', name: 'Look somebody up' });
  expect(await until(5000, async () => (await panel.has({ role: 'searchbox' })) || undefined)).toBe(true);
  await panel.click({ role: 'button', name: 'Back' });

  // A newer one was asked for at once, and there is none yet.
  expect(asked().map(({ method, status }) => `${method} ${status}`)).toEqual([
    'GET 200',
    'GET 304',
    'POST 200',
  ]);
  const said = reports()[0]?.all ?? '';
  expect(JSON.parse(said.slice(said.lastIndexOf('\n')))).toEqual({
    id: 'roundcube',
    version: roundcube.version,
  });
  expect(said).not.toMatch(new RegExp(`${new URL(url).port}|_uid|allets|smith|francois`, 'i'));
  const rows = (await allRows(world.databaseUrl)).recipe_stale?.map((row) => JSON.parse(row)) ?? [];
  expect(rows).toEqual([
    {
      ...{
        workspace_id: world.team.workspaceId,
        recipe: 'roundcube',
        version: roundcube.version,
        reports: 1,
      },
      ...{ first_at: expect.any(String), last_at: expect.any(String) },
    },
  ]);

  team = await rig.open('team.html');
  showOnFailure(context, { team });
  await team.waitForText('Sites that have changed');
  const text = await team.text();
  expect(text).toMatch(new RegExp(`roundcube, version ${roundcube.version}: since`));
  expect(text).toContain('Reported 1 time');
  await mail.front();
});

test('a mended one is used in the page that is open, without a reload', async (context) => {
  showOnFailure(context, { mail, panel });
  await mail.evaluate(() => Object.assign(globalThis, { untouched: true }));
  const mended = {
    ...roundcube,
    version: roundcube.version + 1,
    sender: [{ selector: '.writer .person', address: 'data-c', seen: '2026-11' }],
  };
  await put(mended);
  // It is asked for once a minute, which the short series waits for in one browser, and by a background that starts.
  if (kind === 'firefox' && !LONG) {
    await until(10_000, async () => (await served()).includes(`${mended.version}`) || undefined);
    await rig.endBackground();
  }
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 100_000 });
  await panel.waitForNoText('Roundcube has changed');
  expect(await mail.evaluate(() => 'untouched' in globalThis), 'without a reload').toBe(true);
  await team.close();
  team = await rig.open('team.html');
  await team.waitForText('Your role');
  expect(await team.text()).not.toContain('Sites that have changed');
  await team.close();
  expect(reports()).toHaveLength(1);
});

test('it holds in a background that starts anew, and elsewhere nothing is asked for', async (context) => {
  showOnFailure(context, { mail, panel });
  await mail.front();
  await rig.endBackground();
  await mail.page.goto(mailAt(4));
  await panel.waitForText('Ann Lee', { within: '.who', timeout: 30_000 });
  const before = asked().length;
  await mail.page.goto(`${world.pages.url}/one-stranger`);
  await panel.waitForText('priya.nair@nobody-we-know.example', { timeout: 20_000 });
  // Longer than from one look whether something is due to the next.
  expect(await until(5000, () => asked()[before]?.path)).toBeUndefined();
});
