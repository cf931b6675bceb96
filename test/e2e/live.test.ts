import { afterAll, beforeAll, expect, test } from 'vitest';
import { PATHS } from '../../utils/contract/routes.ts';
import { heldRows } from './rig/held.ts';
import { type Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** What others change is on an open panel without being asked for, whichever screen is there to hear it. */
let world: World;
let rig: Rig;
let options: Screen;
let team: Screen;
let page: Screen;
let panel: Screen;
let token: string;
let contactId: string;

/** What of the browser's functions runs in its pages. */
declare const chrome: {
  alarms: { create(name: string, when: { when: number; periodInMinutes: number }): Promise<void> };
};

beforeAll(async () => {
  world = await World.start();
  token = await world.team.token(world.team.members[1]);
  const { hits } = await ask<{ hits: { id: string }[] }>(PATHS.search, { q: 'Marley' });
  contactId = hits[0]?.id ?? '';
  rig = await world.paired(world.team.members[0]);
  await rig.closeSidebar();
  expect(await streams(0)).toBe(true);
  // The first one there has the stream.
  options = await rig.open('options.html');
  expect(await streams(1)).toBe(true);
  team = await rig.open('team.html');
  page = await rig.page(`${world.pages.url}/people`);
  panel = await rig.panel(page);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
});
afterAll(() => world?.stop());

async function ask<T>(path: string, body: unknown, as = token): Promise<T> {
  const response = await fetch(`${world.front.target}${path}`, {
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
    ...{ method: 'POST', body: JSON.stringify(body) },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json() as Promise<T>;
}

/** A colleague pins a note, past the front. */
async function pin(text: string): Promise<void> {
  const payload = { noteId: crypto.randomUUID(), contactId, text };
  const command = { id: crypto.randomUUID(), at: new Date().toISOString(), kind: 'note.pin', payload };
  await ask(PATHS.commands, { commands: [command] });
}
const pinned = (text: string) => pin(text).then(() => panel.waitForText(text, { timeout: 30_000 }));

const asked = (path: string, from = 0) =>
  world.front.requests.slice(from).filter((each) => each.path.startsWith(path)).length;
const streams = (count: number) => until(30_000, () => world.front.streams === count || undefined);
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Waits until the stream is open, and what its beginning causes is over. */
async function live(): Promise<void> {
  expect(await streams(1), 'one stream').toBe(true);
  const quiet = await until(30_000, async () => {
    const before = asked(PATHS.changes);
    await rest(2500);
    return (asked(PATHS.changes) === before && world.front.streams === 1) || undefined;
  });
  expect(quiet, 'no polling beside the stream').toBe(true);
}

test('three screens have one stream, and what a colleague writes comes over it', async (context) => {
  showOnFailure(context, { panel });
  await live();
  const before = world.front.requests.length;
  const began = performance.now();
  await pinned('Told, not asked for.');
  console.log(`${rig.kind}: on the panel after ${Math.round(performance.now() - began)} ms`);
  expect(world.front.requests.slice(before).map(({ path }) => path)).toEqual([PATHS.cards]);
  expect(world.front.streams).toBe(1);
});

test('while somebody reads and types, nothing moves in any frame', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, 'Half a sen');
  await panel.evaluate(watchPlaces);
  await pinned('Written meanwhile, and long. '.repeat(8).trim());
  await panel.waitForText(/Just changed: /);
  await panel.page.keyboard.type('tence');
  expect(await panel.evaluate(movedPlaces)).toEqual([]);
  const typed = () => document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value;
  expect(await panel.evaluate(typed)).toBe('Half a sentence');
  await panel.click({ role: 'button', name: 'Cancel' });
});

test('the screen that holds it closes: another one takes over, and nothing is lost', async (context) => {
  showOnFailure(context, { panel });
  const before = world.front.requests.length;
  const words = Array.from({ length: 6 }, (_, nth) => `Written as it changed hands, ${nth}.`);
  const closed = options.close();
  for (const text of words) await pin(text);
  await closed;
  for (const text of words) await panel.waitForText(text);
  await live();
  expect(asked(PATHS.stream, before), 'a stream of another screen').toBe(1);
  const polls = asked(PATHS.changes);
  await pinned('And after.');
  expect(asked(PATHS.changes)).toBe(polls);
});

test('the background ends: the stream goes on, and what it says is heard', async (context) => {
  showOnFailure(context, { panel });
  const before = world.front.requests.length;
  await rig.endBackground();
  await pinned('To a background that was ended.');
  await live();
  await pinned('And once more.');
  expect(asked(PATHS.stream, before)).toBe(0);
});

test('it is cut: it begins anew, and nothing is lost', async (context) => {
  showOnFailure(context, { panel });
  world.front.cut();
  await pinned('After a cut.');
  expect(await streams(1)).toBe(true);
});

test('with no screen open only the alarm asks', async (context) => {
  showOnFailure(context, { page });
  await team.close();
  await panel.close();
  expect(await streams(0)).toBe(true);
  await rest(500);
  const before = world.front.requests.length;
  await pin('While nobody looked.');
  await rest(2500);
  expect(world.front.requests.slice(before).map(({ path }) => path)).toEqual([]);
  const desk = await rig.open('manifest.json');
  await desk.evaluate(() => chrome.alarms.create('sync', { when: Date.now(), periodInMinutes: 1 }));
  expect(await until(10_000, () => asked(PATHS.changes, before) > 0 || undefined)).toBe(true);
  await rest(2500);
  expect(asked(PATHS.changes, before)).toBe(1);
  expect(asked(PATHS.stream, before)).toBe(0);
  await desk.close();
  await world.front.down();
  panel = await rig.panel(page);
  await panel.waitForText('While nobody looked.');
  await world.front.up();
  expect(await streams(1)).toBe(true);
});

test('of somebody who is removed the stream ends, and with it the copy', async (context) => {
  showOnFailure(context, { panel });
  const admin = world.team.members.find(({ role }) => role === 'admin');
  const raj = world.team.members[0];
  await ask(PATHS.memberRemove, { id: raj?.id }, await world.team.token(admin));
  await panel.waitForText('You are no longer a member', { timeout: 45_000 });
  expect(await streams(0)).toBe(true);
  const { cards } = await heldRows(rig);
  expect(cards).toBe(0);
});

/** In the panel: begins to note whatever leaves its place. */
function watchPlaces(): void {
  const all = [
    ...document.querySelectorAll('header, nav, .part, .card > section, .dock, textarea, .dock button'),
  ];
  const placeOf = (one: Element) => {
    const { top, left, height } = one.getBoundingClientRect();
    return [top, left, height].map(Math.round).join(' ');
  };
  const first = new Map(all.map((one) => [one, placeOf(one)]));
  const moved = new Set<string>();
  const look = () => {
    for (const [one, place] of first) {
      const now = one.isConnected ? placeOf(one) : 'gone';
      if (now !== place) moved.add(`${one.tagName}.${one.className} ${place} -> ${now}`);
    }
    requestAnimationFrame(look);
  };
  look();
  Object.assign(globalThis, { moved });
}
const movedPlaces = (): string[] => [...(globalThis as unknown as { moved: Set<string> }).moved];
