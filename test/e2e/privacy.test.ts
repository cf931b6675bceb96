import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ContactExport } from '../../utils/contract/privacy.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** A lead and a rep, each with a browser of their own; one of them is away when somebody is erased. */
let world: World;
let sofia: Rig;
let raj: Rig;
let lead: Screen;
let rep: Screen;

const memberOf = (name: string) => world.team.members.find((member) => member.name.startsWith(name));

beforeAll(async () => {
  world = await World.start();
  sofia = await world.paired(memberOf('Sofia'));
  raj = await world.paired(memberOf('Raj'));
  lead = await sofia.panel(await sofia.page(`${world.pages.url}/people`));
  rep = await raj.panel(await raj.page(`${world.pages.url}/people`));
  for (const panel of [lead, rep]) await panel.waitForText('Bob Marley-Smith', { within: '.who' });
});
afterAll(() => world?.stop());

/** Everything that the extension keeps in this browser, as text. */
async function kept(rig: Rig): Promise<string> {
  const options = await rig.open('options.html');
  const text = await options.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((done, fail) => {
      const request = indexedDB.open('truce');
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const all: unknown[] = [];
    for (const name of opened.objectStoreNames) {
      const store = opened.transaction(name).objectStore(name);
      for (const request of [store.getAll(), store.getAllKeys()])
        all.push(await new Promise((done) => (request.onsuccess = () => done(request.result))));
    }
    opened.close();
    return JSON.stringify(all);
  });
  await options.close();
  return text;
}

/** What the panel hands to the browser's downloads. */
async function saved(panel: Screen, click: () => Promise<void>): Promise<unknown> {
  await panel.evaluate(() => {
    const real = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      void blob.text().then((text) => document.documentElement.setAttribute('data-saved', text));
      return real.call(URL, blob);
    };
  });
  await click();
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const text = await panel.evaluate(() => document.documentElement.getAttribute('data-saved'));
    if (text) return JSON.parse(text);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing was saved');
}

test('a lead exports all that is held of a person; a rep is not offered it', async (context) => {
  showOnFailure(context, { lead, rep });
  const all = v.parse(
    ContactExport,
    await saved(lead, () => lead.click({ role: 'button', name: 'Export all we hold' })),
  );
  expect(all.contact).toMatchObject({ name: 'Bob Marley-Smith', stageName: expect.any(String) });
  expect(all.held.identities).toEqual(
    expect.arrayContaining([expect.objectContaining({ value: 'bob.smith@acme.example' })]),
  );
  expect(await rep.has({ role: 'button', name: 'Export all we hold' })).toBe(false);
  expect(await rep.has({ role: 'button', name: 'Erase…' })).toBe(false);
});

test('do not contact is set with a reason, and is the first thing a colleague sees', async (context) => {
  showOnFailure(context, { lead, rep });
  await rep.click({ role: 'button', name: 'Change whether we may contact them' });
  await rep.click({ label: 'Do not contact them' });
  await rep.fill({ label: 'How do you know?' }, 'Said so on the phone');
  await rep.click({ role: 'button', name: 'Save' });
  await lead.waitForText(/Do not contact\.[\s\S]+Raj Patel[\s\S]+Said so on the phone/, { timeout: 20_000 });
});

test('a note keeps the site; the link only when its author ticks it', async (context) => {
  showOnFailure(context, { lead, rep });
  const pin = async (text: string, link: boolean) => {
    await rep.click({ role: 'button', name: 'Pin a note' });
    await rep.fill('textarea', text);
    if (link) await rep.click({ label: 'Keep a link to this page' });
    await rep.click({ role: 'button', name: 'Pin a note' });
    await lead.waitForText(text, { timeout: 20_000 });
  };
  await pin('Without a link.', false);
  await pin('With a link.', true);
  const links = await lead.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('.note a')].map(({ href }) => href),
  );
  expect(links).toEqual([`${world.pages.url}/people`]);
});

test('erased by a lead while a rep is offline: gone everywhere, also when the rep comes back', async (context) => {
  showOnFailure(context, { lead, rep });
  // The rep's browser is cut off by ending its way to the server; the lead's goes on.
  expect(await kept(raj)).toContain('Marley-Smith');
  await world.front.down();
  await rep.waitForText(/Offline,?\s*as of/, { timeout: 30_000 });
  await rep.click({ role: 'button', name: 'Pin a note' });
  await rep.fill('textarea', 'Bob said it in the tunnel.');
  await rep.click({ role: 'button', name: 'Pin a note' });
  await rep.waitForText(/Bob said it in the tunnel\.[\s\S]+waiting to be sent/);
  await rep.click({ role: 'button', name: 'Task' });
  await rep.fill({ label: 'What is to be done' }, 'Half typed about Bob');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await kept(raj)).toContain('Half typed about Bob');

  // Meanwhile the lead erases, over a way of their own.
  const token = await world.team.token(memberOf('Sofia'));
  const ask = (path: string, body: unknown) =>
    fetch(`${world.front.target}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const found = await (await ask('/v1/search', { q: 'Marley' })).json();
  const contactId = found.hits[0].id;
  expect(await (await ask('/v1/erase', { contactId })).json()).toEqual({ erased: true });

  await world.front.up();
  await rep.waitForText('They were erased meanwhile', { timeout: 60_000 });
  await rep.waitForNoText('Marley-Smith', { timeout: 30_000 });
  await lead.waitForNoText('Marley-Smith', { timeout: 30_000 });
  expect(await rep.text()).not.toMatch(/in the tunnel|Half typed/);
  for (const rig of [raj, sofia]) expect(await kept(rig)).not.toMatch(/Marley|bob\.smith|tunnel|Half typed/);
  const again = await ask('/v1/commands', {
    commands: [
      {
        ...{ id: crypto.randomUUID(), at: new Date().toISOString(), kind: 'contact.add' },
        payload: { contactId: crypto.randomUUID(), name: 'Bob', email: 'bob.smith@acme.example' },
      },
    ],
  });
  expect(await again.json()).toMatchObject({ results: [{ reason: 'suppressed' }] });
});

test('erased from the card itself, after being told what will happen', async (context) => {
  showOnFailure(context, { lead, rep });
  await lead.waitForText('Zoë François', { within: '.who', timeout: 20_000 });
  await lead.click({ role: 'button', name: 'Erase…' });
  await lead.waitForText('Erase Zoë François for good?');
  await lead.click({ role: 'button', name: 'Cancel' });
  await lead.click({ role: 'button', name: 'Erase…' });
  await lead.click({ role: 'button', name: 'Erase for good' });
  await lead.waitForNoText('Zoë François', { within: '.who', timeout: 20_000 });
  for (const rig of [sofia, raj]) {
    const deadline = Date.now() + 30_000;
    while (/Zoë François|zoe\.francois/.test(await kept(rig)) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await kept(rig)).not.toMatch(/Zoë François|zoe\.francois/);
  }
});
