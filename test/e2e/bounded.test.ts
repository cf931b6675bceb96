import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MineAnswer } from '../../utils/contract/mine.ts';
import { heldRows } from './rig/held.ts';
import { type Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** The copy on a real disk has a bound. */
const MOST = 5000;
const FILLERS = 5200;
/** So many of them nobody has ever seen. */
const NEVER = 100;
const PREFIX = '0192f000-0000-7000-8000-';
/** From here on the last digits of a filler's company. */
const COMPANY = 900_000;

let world: World;
let rig: Rig;
let mine: string[];

beforeAll(async () => {
  world = await World.start();
  rig = await world.paired();
  const headers = { authorization: `Bearer ${await world.team.token()}` };
  const answer = await fetch(`${world.front.target}/v1/mine`, { headers });
  mine = v.parse(MineAnswer, await answer.json()).ids;
});
afterAll(() => world?.stop());

test('of too many cards those seen least recently go, and companies that no card names; own ones stay', async (context) => {
  const page = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(page);
  showOnFailure(context, { panel });
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 20_000 });
  const warmed = await until(
    30_000,
    async () => ((await heldRows(rig)).cards ?? 0) > mine.length || undefined,
  );
  expect(warmed, 'own contacts and the one on the page').toBe(true);
  await panel.close();
  const filler = await rig.open('manifest.json');
  await rig.endBackground();
  await filler.evaluate(fill, PREFIX, FILLERS, NEVER, COMPANY);
  // The background looks after the copy while somebody is there, and nobody needs it.
  await rig.panel(page);
  const bounded = await until(30_000, async () => ((await heldRows(rig)).cards ?? 0) <= MOST || undefined);
  expect(bounded).toBe(true);
  const left = await keysIn(filler);
  expect(left.cards).toHaveLength(MOST);
  const fillers = numbersOf(left.cards);
  // Somebody with a draft stays though never seen; of the rest the never seen went, then those seen longest ago.
  const latest = Array.from({ length: fillers.length - 1 }, (_, at) => FILLERS - (fillers.length - 1) + at);
  expect(fillers).toEqual([0, ...latest]);
  expect(numbersOf(left.companies)).toEqual(fillers.map((number) => COMPANY + number));
  expect(new Set(left.seen).isSubsetOf(new Set(left.cards))).toBe(true);
  expect(new Set(mine).isSubsetOf(new Set(left.cards)), 'own ones').toBe(true);
});

const numbersOf = (ids: string[]) =>
  ids.filter((id) => id.startsWith(PREFIX)).map((id) => Number(id.slice(PREFIX.length)));

/** In a page of ours: puts cards into the copy, the later the more recently seen, and half a note about the first. */
async function fill(prefix: string, count: number, never: number, company: number): Promise<void> {
  const request = indexedDB.open('truce');
  const database = await new Promise<IDBDatabase>((done) => {
    request.onsuccess = () => done(request.result);
  });
  const tx = database.transaction(['cards', 'companies', 'seen', 'drafts'], 'readwrite');
  const idOf = (index: number) => prefix + String(index).padStart(12, '0');
  const bare = { emails: [], phones: [], records: [], provenance: {}, revision: 1 };
  const last = { touches: [], touchCount: 0, memberships: [], membershipCount: 0, notes: [], tasks: [] };
  for (let index = 0; index < count; index += 1) {
    const id = idOf(index);
    const companyId = idOf(company + index);
    const contact = { ...bare, id, name: `Filler ${index}`, companyId };
    tx.objectStore('cards').put({ id, version: 1, card: { contact, ...last }, keys: [], fetchedAt: 0 });
    tx.objectStore('companies').put({ id: companyId, name: 'Filler', domains: [], records: [], revision: 1 });
    if (index >= never) tx.objectStore('seen').put({ id, at: index });
  }
  tx.objectStore('drafts').put('Half a note', `note:${idOf(0)}`);
  await new Promise((done) => {
    tx.oncomplete = done;
  });
  database.close();
}

function keysIn(screen: Screen): Promise<Record<'cards' | 'companies' | 'seen', string[]>> {
  return screen.evaluate(async () => {
    const request = indexedDB.open('truce');
    const database = await new Promise<IDBDatabase>((done) => {
      request.onsuccess = () => done(request.result);
    });
    const tx = database.transaction(['cards', 'companies', 'seen']);
    const keys = (store: string) =>
      new Promise<string[]>((done) => {
        const all = tx.objectStore(store).getAllKeys();
        all.onsuccess = () => done(all.result.map(String));
      });
    const [cards, companies, seen] = await Promise.all([keys('cards'), keys('companies'), keys('seen')]);
    database.close();
    return { cards, companies, seen };
  });
}
