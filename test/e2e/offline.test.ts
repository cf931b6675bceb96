import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { Command } from '../../utils/contract/command.ts';
import { MineAnswer } from '../../utils/contract/mine.ts';
import { PATHS, Shared } from '../../utils/contract/routes.ts';
import { allRows } from '../server/rows.ts';
import { heldRows } from './rig/held.ts';
import { type Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** A day without the server: what one reads and writes, with the browser ended in the middle of it. */
let world: World;
let profile: string;
let rig: Rig;
let panel: Screen;
const WAITING = '5 things are waiting to be sent';
/** One of the user's own contacts whom no page has shown, with whatever a card can have. */
let own: { id: string; name: string; email: string; campaign: string; stage: string };

const ask = async (path: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(`${world.front.target}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${await world.team.token()}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.json();
};
/** What the browser has sent to be applied, in order. */
const sent = () =>
  world.front.requests
    .filter(({ path }) => path === PATHS.commands)
    .flatMap(
      ({ all }) => v.parse(v.object({ commands: v.array(Command) }), JSON.parse(bodyOf(all))).commands,
    );
const bodyOf = (all: string) => all.split('\n').slice(2).join('\n');
const cardsOf = async (ids: string[]) => v.parse(CardsAnswer, await ask('/v1/cards', { ids })).cards;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'truce-profile-'));
  world = await World.start();
  rig = await world.browser('test', { profile });
  await world.pair(rig);
});
afterAll(async () => {
  await world?.stop();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

const openMail = async () => {
  const page = await rig.page(`${world.pages.url}/from?who=${own.email}`);
  panel = await rig.panel(page);
  return panel.waitForText(own.name, { within: '.who', timeout: 30_000 });
};

test('own contacts are fetched before anybody has met them', async (context) => {
  const { ids } = v.parse(MineAnswer, await ask('/v1/mine'));
  expect(ids.length).toBeGreaterThan(5);
  const { campaigns, stages } = v.parse(Shared, await ask('/v1/shared'));
  const rows = await cardsOf(ids.slice(0, 200));
  const full = rows.find(({ card: { contact, memberships, touches } }) =>
    Boolean(contact.companyId && contact.stageId && contact.emails[0] && memberships[0] && touches[0]),
  );
  const { contact, memberships } = full?.card ?? {};
  const campaign = campaigns.find(({ id }) => id === memberships?.[0]?.campaignId)?.name ?? '';
  const stage = stages.find(({ id }) => id !== contact?.stageId)?.label ?? '';
  own = {
    id: contact?.id ?? '',
    name: contact?.name ?? '',
    email: contact?.emails[0] ?? '',
    campaign,
    stage,
  };
  expect(own.campaign).not.toBe('');
  const options = await rig.open('options.html');
  showOnFailure(context, { options });
  const held = await until(60_000, async () => {
    const { cards = 0 } = await heldRows(rig);
    return cards >= ids.length || undefined;
  });
  expect(held).toBe(true);
  expect(world.front.requests.filter(({ path }) => path === '/v1/lookup')).toEqual([]);
  await options.close();
});

test('offline, a mail from one of them shows the whole card, and says how old it is', async (context) => {
  await world.front.down();
  await openMail();
  showOnFailure(context, { panel });
  await panel.waitForText(/Offline,\s*as of/, { timeout: 30_000 });
  const text = await panel.text('main');
  expect(text).toContain(own.campaign);
  expect(text).toMatch(/Company\s+other people\s+\S+/);
  expect(text).not.toContain('this device has no copy');
});

test('a note, a touch, another stage and a new person are kept', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, 'Written on the train.');
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.waitForText('Saved on this device, will be sent.');
  await panel.click({ role: 'button', name: 'Edit' });
  await panel.fill({ label: 'Note' }, 'Written on the train, and thought over.');
  await panel.click({ role: 'button', name: 'Save' });
  await panel.waitForText('thought over.');
  await rig.endBackground();
  await panel.click({ role: 'button', name: 'Log a touch' });
  await panel.fill({ label: 'Subject' }, 'Called from the train');
  await panel.click({ role: 'button', name: 'Log it' });
  await panel.waitForText(/Last touch[\s\S]+Called from the train/);
  await panel.click({ role: 'button', name: 'Change stage or owner' });
  await panel.choose({ label: 'Stage' }, own.stage);
  await panel.click({ role: 'button', name: 'Save' });
  // Not the form, whose choices are text too.
  await panel.waitForText(/waiting to be sent/, { within: '.stage' });
  expect(await panel.text('.stage strong')).toBe(own.stage);
  await panel.click({ role: 'button', name: 'Look somebody up' });
  await panel.fill({ role: 'searchbox' }, 'Met On The Train');
  await panel.waitForText('Nobody on this device is known by that');
  await panel.click({ role: 'button', name: 'Add this person' });
  await panel.click({ role: 'button', name: 'Add this person' });
  await panel.waitForText(WAITING);
});

test('the browser ended and started: all of it is still there, and told one by one', async (context) => {
  await rig.close();
  rig = await world.browser('test', { profile });
  await openMail();
  showOnFailure(context, { panel });
  const text = await panel.waitForText(WAITING, { timeout: 30_000 });
  for (const words of ['thought over.', 'Called from the train', own.stage]) expect(text).toContain(words);
  await panel.click({ role: 'button', name: WAITING });
  const list = await panel.text('.outbox');
  const places = [
    `A note for ${own.name}`,
    `A change to a note for ${own.name}`,
    `A touch with ${own.name}`,
    `A change to ${own.name}`,
    'Add Met On The Train',
  ];
  const at = places.map((words) => list.indexOf(words));
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(at[0]).toBeGreaterThanOrEqual(0);
});

test('back online, all of it is there, once and in order', async (context) => {
  showOnFailure(context, { panel });
  await world.front.up();
  await panel.waitForNoText('waiting to be sent', { timeout: 90_000 });
  const text = await panel.waitForText('In step');
  for (const words of ['thought over.', 'Called from the train', own.stage]) expect(text).toContain(words);
  const [row] = await cardsOf([own.id]);
  const ours = row?.card.notes.filter((note) => note.text.startsWith('Written on the train'));
  expect(ours?.map((note) => note.text)).toEqual(['Written on the train, and thought over.']);
  expect(row?.card.touches.filter(({ subject }) => subject === 'Called from the train')).toHaveLength(1);
  const { stages } = v.parse(Shared, await ask('/v1/shared'));
  expect(stages.find(({ id }) => id === row?.card.contact.stageId)?.label).toBe(own.stage);
  const { hits } = (await ask('/v1/search', { q: 'Met On The Train' })) as { hits: unknown[] };
  expect(hits).toHaveLength(1);

  const kinds = sent().map(({ kind }) => kind);
  expect(kinds).toEqual(['note.pin', 'note.edit', 'touch.log', 'contact.edit', 'contact.add']);
  const { command = [] } = await allRows(world.databaseUrl);
  const applied = command
    .map((row) => JSON.parse(row) as { id: string; created_at: string })
    .toSorted((a, b) => a.created_at.localeCompare(b.created_at));
  expect(applied.map(({ id }) => id)).toEqual(sent().map(({ id }) => id));
});
