import { expect, test } from 'vitest';
import { pinNote } from '../../../utils/commands.ts';
import { toEvict } from '../../../utils/replica/evict.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { SeenCards } from '../../../utils/replica/seen.ts';
import { acme, cardOf, heldOf, idOf } from './samples.ts';

const none = { keep: new Set<string>(), own: [] };

test('within the bound nothing goes', () => {
  expect(toEvict(['a', 'b'], [], { ...none, most: 2 })).toEqual([]);
});

test('never seen goes first, then seen longest ago', () => {
  expect(toEvict(['a', 'b', 'c', 'd'], ['b', 'a', 'd'], { ...none, most: 2 })).toEqual(['c', 'b']);
});

test('what something waits for stays whatever happens', () => {
  const keep = new Set(['a', 'b', 'c']);
  expect(toEvict(['a', 'b', 'c', 'd'], ['d'], { keep, own: [], most: 1 })).toEqual(['d']);
});

test('what was seen goes with the copy it was seen in', async () => {
  const replica = new Replica(async () => memoryDisk());
  replica.seen.note(['a'], 1);
  await replica.write({ clear: true });
  expect(replica.seen.due(1_000_000)).toEqual([]);
});

test('own ones stay while others can go; of those never seen the last on the list goes first', () => {
  const own = ['own1', 'own2', 'own3'];
  const ids = ['own1', 'a', 'own2', 'own3', 'b'];
  expect(toEvict(ids, ['own2', 'a', 'b'], { ...none, own, most: 3 })).toEqual(['a', 'b']);
  expect(toEvict(ids, ['own2', 'a', 'b'], { ...none, own, most: 1 })).toEqual(['a', 'b', 'own3', 'own1']);
});

test('looking is noted once a minute, also after the clock was set back', () => {
  const seen = new SeenCards();
  seen.note(['a'], 1);
  expect(seen.due(1_000_000)).toEqual([{ id: 'a', at: 1 }]);
  seen.note(['a', 'b'], 1_010_000);
  seen.note(['a'], 1_020_000);
  expect(seen.due(1_059_999)).toEqual([]);
  expect(seen.due(1_060_000)).toEqual([
    { id: 'a', at: 1_020_000 },
    { id: 'b', at: 1_010_000 },
  ]);
  expect(seen.due(2_000_000)).toEqual([]);
  seen.note(['b'], 5);
  expect(seen.due(5)).toHaveLength(1);
});

const held = (number: number, companyId?: string) => {
  const card = cardOf(idOf(number), `Name ${number}`, `n${number}@acme.example`);
  return heldOf(companyId ? { ...card, contact: { ...card.contact, companyId } } : card);
};

test('a copy that has too much lets go of cards, and of companies that none names; it can be asked again', async () => {
  const replica = new Replica(async () => memoryDisk());
  const [cards, other] = [[1, 2, 3, 4, 5].map((number) => held(number)), held(6, idOf(99))];
  const companies = [acme, { ...acme, id: idOf(99), name: 'Other' }];
  await replica.write({ meta: { workspaceId: 'w', me: 'm' }, cards: [...cards, other], companies });
  await replica.write({ mine: { me: 'm', ids: [idOf(1)], at: 0, version: 1 } });
  await replica.write({
    seen: [2, 3, 4, 5, 6].map((number) => ({ id: idOf(number), at: number === 6 ? 0 : number })),
  });
  await replica.append({ workspaceId: 'w', command: pinNote({ contactId: idOf(2), text: 'Hello' }) });
  await replica.saveDraft(`note:${idOf(3)}`, 'Half a');
  const key = 'email:n4@acme.example';
  expect((await replica.idsByKeys([key])).size).toBe(1);

  await replica.evict(3);
  expect((await replica.cardIds()).toSorted()).toEqual([1, 2, 3].map(idOf));
  expect(replica.evictions).toBe(1);
  expect((await replica.idsByKeys([key])).size).toBe(0);
  expect((await replica.cards([idOf(4)])).size).toBe(0);
  expect([...(await replica.companies([acme.id, idOf(99)])).keys()]).toEqual([acme.id]);

  // Somebody asked for a card while its company went: the company comes back with it.
  await replica.write({ cards: [other], named: companies });
  expect((await replica.companies([idOf(99)])).size).toBe(1);
  expect((await replica.idsByKeys([key])).size).toBe(0);
});
