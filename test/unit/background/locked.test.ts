import { expect, test, vi } from 'vitest';
import { badgeOf } from '../../../utils/background/badge.ts';
import { companyHandlers } from '../../../utils/background/company.ts';
import { contactHandlers } from '../../../utils/background/contact.ts';
import { type Parts, situationOf } from '../../../utils/background/situation-of.ts';
import { viewOf } from '../../../utils/background/view-of.ts';
import { importTagKey } from '../../../utils/contract/match-key.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { Sync } from '../../../utils/sync/sync.ts';
import { acme, cardOf, heldOf, idOf, rita } from '../replica/samples.ts';
import { packOf } from '../replica/tags/samples.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const DAY = 24 * 3_600_000;
const ann = heldOf(cardOf(idOf(1), 'Ann Lee', 'ann@acme.example'));
const screen = { from: 'screen' as const };

async function copyOfDaysAgo(days: number) {
  const replica = new Replica(async () => memoryDisk());
  const tagKey = await importTagKey(btoa('k'.repeat(32)));
  const meta = {
    server: 'https://t.example',
    workspaceId: 'w',
    me: rita.id,
    tagKey,
    tagsVersion: 1,
    version: 1,
  };
  const shared = { version: 1, stages: [], members: [rita], campaigns: [] };
  await replica.write({
    ...{ shared, tags: packOf(), cards: [ann], companies: [acme] },
    meta: { ...meta, inStepAt: Date.now() - days * DAY },
  });
  await replica.addTags(ann.keys);
  const command = {
    ...{ id: idOf(70), at: '2026-03-02T10:00:00.000Z', kind: 'note.pin' as const },
    payload: { noteId: idOf(71), contactId: ann.id, text: 'Secret words' },
  };
  await replica.append({ workspaceId: 'w', memberId: rita.id, command });
  const auth = {
    token: () => Promise.reject(new TypeError('network')),
    ask: () => Promise.reject(new TypeError('network')),
    drop: async () => true,
    signOut: async () => () => Promise.resolve(),
  };
  const sync = new Sync({ replica, auth, onChange: () => undefined });
  const sighting = { keys: ['email:ann@acme.example'], role: 'sender', focus: true, why: 'header' } as const;
  const tab = { sightings: [sighting], opened: [ann.id], frames: new Map(), once: false };
  const parts = {
    ...{ replica, sync, preset: async () => undefined, signIn: { state: undefined } },
    pages: { load: async () => undefined, of: () => tab, open: () => undefined },
    asking: { answered: () => true, ask: async () => false },
    pageStates: { of: async () => ({ state: 'read' }) },
    denials: { load: async () => undefined, among: async () => new Set() },
  } as unknown as Parts;
  return { replica, sync, parts };
}

test('a copy that was in step lately is shown', async () => {
  const { parts } = await copyOfDaysAgo(13);
  const view = viewOf((await situationOf(parts, 4)).situation);
  expect(JSON.stringify(view)).toContain('Ann Lee');
  expect(view.others).toBeUndefined();
});

test.each([1, 15])('what others wrote here is counted and not shown, %i days out of step', async (days) => {
  const { parts, replica } = await copyOfDaysAgo(days);
  const mine = replica.queued[0];
  if (!mine) throw new Error('nothing queued');
  for (const other of [{ memberId: idOf(90) }, { workspaceId: 'another' }]) {
    const id = `${'workspaceId' in other ? idOf(91) : idOf(92)}`;
    const payload = { noteId: id, contactId: ann.id, text: 'Of somebody else' };
    await replica.append({ ...mine, ...other, command: { ...mine.command, id, kind: 'note.pin', payload } });
  }
  const view = viewOf((await situationOf(parts, 4)).situation);
  expect([view.waiting, view.others]).toEqual([1, 2]);
  expect(JSON.stringify(view)).not.toContain('Of somebody else');
});

test('of a locked one nothing is shown: in no view, badge, search or look-up', async () => {
  const { parts, replica, sync } = await copyOfDaysAgo(15);
  const { situation, ask } = await situationOf(parts, 4);
  const view = viewOf(situation);
  for (const trace of ['Ann', 'ann@', 'Acme', 'Rita', 'Secret', ann.id]) {
    expect(JSON.stringify(view)).not.toContain(trace);
  }
  expect(view.connection.state).toBe('locked');
  expect(view.waiting).toBe(1);
  expect(ask).toEqual([]);
  expect(badgeOf(situation)).toEqual({ text: '!' });
  const contact = contactHandlers(parts);
  const locked = { code: 'locked' };
  await expect(contact['contact.search']({ q: 'ann@acme.example' }, screen)).rejects.toMatchObject(locked);
  await expect(contact['contact.search']({ q: 'Ann' }, screen)).rejects.toMatchObject(locked);
  await expect(contact['contact.open']({ contactId: ann.id }, screen)).rejects.toMatchObject(locked);
  const company = companyHandlers(replica, sync);
  await expect(company['company.open']({ companyId: acme.id }, screen)).rejects.toMatchObject(locked);
});
