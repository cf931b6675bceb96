import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepare } from '../../server/import/prepare.ts';
import { runImport } from '../../server/import/run.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { PAYLOADS } from '../fixtures/payloads.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** Texts that would be scripts elsewhere, through the whole chain: import, server, browser, screens and back. */
let world: World;
let rig: Rig;
let page: Screen;
let panel: Screen;
const TAGS = '<img src=x onerror=ran=1>';
const SCRIPT = '"><script>ran=1</script>';

beforeAll(async () => {
  world = await World.start();
  await poison(world);
  rig = await world.paired();
  page = await rig.page(`${world.pages.url}/payloads`);
  panel = await rig.panel(page);
  await panel.waitForText('p0@payload.example', { timeout: 30_000 });
});
afterAll(() => world?.stop());

/** People by CSV import, and what the team shares by the hand of whoever runs the server. */
async function poison({ team }: World): Promise<void> {
  const { server, workspaceId } = team;
  const folder = await mkdtemp(join(tmpdir(), 'truce-payloads-'));
  const cell = (text: string) => `"${text.toWellFormed().replaceAll('"', '""')}"`;
  const rows = PAYLOADS.map((payload, n) => {
    const text = cell(payload);
    return [n, text, `p${n}@payload.example`, text, text, text, text].join(',');
  });
  const file = join(folder, 'payloads.csv');
  await writeFile(file, `No,Name,Email,Title,Firm,Industry,Link\r\n${rows.join('\r\n')}\r\n`);
  const columns = {
    No: 'recordId',
    Name: 'name',
    Email: 'email',
    Title: 'title',
    Firm: 'company',
    Industry: 'industry',
    Link: 'recordUrl',
  } as const;
  const mapping = { subject: 'contacts', source: 'csv', columns } as const;
  await runImport(server.db, workspaceId, await prepare(file, async () => ({ mapping, name: 'payloads' })));
  await rm(folder, { recursive: true });
  await inWorkspace(server.db, workspaceId, async (trx) => {
    await trx.updateTable('definition').set({ label: TAGS, definition: SCRIPT, exit: SCRIPT }).execute();
    await trx
      .updateTable('campaign')
      .set({ name: TAGS, subject: SCRIPT, excerpt: TAGS, audience: SCRIPT })
      .execute();
    await trx.updateTable('company').set({ website: 'javascript:ran=1' }).execute();
    await trx.updateTable('member').set({ name: TAGS }).execute();
    await trx.updateTable('workspace').set({ name: SCRIPT }).execute();
  });
}

/** What of a payload is left in a screen: nothing that runs, loads or leads anywhere but to the web. */
async function expectText(screen: Screen): Promise<void> {
  const found = await screen.evaluate(() => {
    const app = document.getElementById('app');
    const all = [...(app?.querySelectorAll('*') ?? [])];
    return {
      ran: 'ran' in globalThis,
      elements: all
        .map(({ localName }) => localName)
        .filter((name) =>
          /^(script|img|iframe|object|embed|style|link|base|meta|video|math|xss)$/.test(name),
        ),
      handlers: all.flatMap((one) =>
        [...one.attributes].map(({ name }) => name).filter((name) => name.startsWith('on')),
      ),
      // The one link of ours that stays in the extension.
      links: all
        .flatMap((one) => (one instanceof HTMLAnchorElement ? [one.href] : []))
        .filter(
          (href) =>
            !/^https?:/.test(href) &&
            !new RegExp(
              `^${location.protocol}//${location.host}/(?:team|desk)\\.html(?:#[\\da-z/-]+)?$`,
            ).test(href),
        ),
      loaded: performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => !name.startsWith(location.origin)),
      here: location.pathname.endsWith('.html'),
    };
  });
  expect(found).toEqual({ ran: false, elements: [], handlers: [], links: [], loaded: [], here: true });
}

test('people with such names, titles and companies are shown as they are called', async (context) => {
  showOnFailure(context, { panel });
  const names = await panel.evaluate(() =>
    [...document.querySelectorAll('[role=tab]')].map((tab) => tab.textContent),
  );
  expect(names.length).toBeGreaterThan(10);
  for (const payload of [PAYLOADS[0], PAYLOADS[10], PAYLOADS[5]]) {
    await panel.evaluate((wanted) => {
      for (const tab of document.querySelectorAll<HTMLElement>('[role=tab]')) {
        if (tab.textContent?.includes(wanted)) tab.click();
      }
    }, payload ?? '');
    await panel.waitForText((payload ?? '').replace(/\s+/g, ' '), { within: '.who h1' });
    await expectText(panel);
  }
});

test('campaigns, stages, owners and the company of somebody from the sample', async (context) => {
  const people = await rig.page(`${world.pages.url}/people`);
  const beside = await rig.panel(people);
  showOnFailure(context, { beside });
  await beside.waitForText('Bob Marley-Smith', { within: '.who' });
  await beside.waitForText(TAGS);
  await beside.evaluate(() => {
    for (const more of document.querySelectorAll<HTMLElement>('button.more[aria-expanded=false], summary'))
      more.click();
  });
  await beside.waitForText(SCRIPT);
  await expectText(beside);
  const popup = await rig.popup(people);
  await popup.waitForText('Bob Marley-Smith');
  await expectText(popup);
  await popup.close();
  await people.front();
});

test('a note, a touch and a task are written, stored and shown as text', async (context) => {
  const people = await rig.page(`${world.pages.url}/people`);
  const beside = await rig.panel(people);
  showOnFailure(context, { beside });
  await beside.waitForText('Bob Marley-Smith', { within: '.who' });
  await beside.click({ role: 'button', name: 'Pin a note' });
  await beside.fill({ label: 'Note' }, `note ${TAGS}`);
  await beside.click({ role: 'button', name: 'Pin a note' });
  await beside.waitForText(`note ${TAGS}`);
  await beside.click({ role: 'button', name: 'Log a touch' });
  await beside.fill({ label: 'Subject' }, `call ${SCRIPT}`);
  await beside.click({ role: 'button', name: 'Log it' });
  await beside.waitForText(`call ${SCRIPT}`);
  await beside.click({ role: 'button', name: 'Task' });
  await beside.fill({ label: 'What is to be done' }, `task ${TAGS}`);
  await beside.fill({ label: 'By when' }, '2031-02-03');
  await beside.click({ role: 'button', name: 'Add task' });
  await beside.waitForText(`task ${TAGS}`);
  await beside.waitForNoText('waiting to be sent');
  await expectText(beside);
  await beside.click({ role: 'button', name: 'Look somebody up' });
  await beside.fill({ role: 'searchbox' }, SCRIPT);
  await beside.waitForText(/Nobody is known by that|script/);
  await expectText(beside);
});

test('the options name the workspace as text', async (context) => {
  const options = await rig.open('options.html');
  showOnFailure(context, { options });
  await options.waitForText(SCRIPT);
  await expectText(options);
});

/** Pages of the server that anybody may open: what they are given in their address stays text. */
test('the pages of the server', async () => {
  const { url } = world.team.server;
  for (const path of [
    '/',
    '/sign-in',
    '/sign-in/device',
    '/join',
    '/oidc/auth',
    '/oidc/device',
    '/nothing',
  ]) {
    for (const payload of [TAGS, SCRIPT, 'javascript:ran=1']) {
      const query = new URLSearchParams({
        error: payload,
        user_code: payload,
        code: payload,
        state: payload,
        client_id: payload,
      });
      for (const address of [`${url}${path}?${query}`, `${url}${path}/${encodeURIComponent(payload)}`]) {
        const response = await fetch(address, { redirect: 'manual' });
        const body = await response.text();
        if (!/html/.test(response.headers.get('content-type') ?? '')) continue;
        expect(body, address).not.toMatch(/<img src=x|<script>ran|href="javascript:/i);
        expect(response.headers.get('content-security-policy') ?? '', address).toMatch(
          /default-src 'none'|script-src/,
        );
        expect(response.headers.get('x-content-type-options'), address).toBe('nosniff');
      }
    }
  }
});
