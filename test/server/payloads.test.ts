import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Mapping } from '../../server/import/mapping.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { normalName } from '../../utils/contract/match-key.ts';
import { PATHS, Problem } from '../../utils/contract/routes.ts';
import { PAYLOADS } from '../fixtures/payloads.ts';
import { some } from '../series.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createImportRig } from './import-rig.ts';
import { createTeam, type Team } from './team.ts';

/** Texts that would be scripts elsewhere are kept and handed on letter by letter: nothing is "cleaned", nothing fails. */
let database: TestDatabase;
let rig: Awaited<ReturnType<typeof createImportRig>>;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(() => database.drop());
beforeEach(async () => {
  rig = await createImportRig(database.db);
});
afterEach(() => rig.remove());

/** What PostgreSQL can keep of a text. */
const kept = (payload: string) => payload.replaceAll('\0', '').toWellFormed();
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
/** A name has a letter or a digit. */
const nameOf = (payload: string) => (normalName(payload) === '' ? 'Ann' : payload);
const address = (n: number) => `p${n}@payload.example`;

const COLUMNS: Mapping['columns'] = {
  No: 'recordId',
  Name: 'name',
  Email: 'email',
  Title: 'title',
  Firm: 'company',
  Industry: 'industry',
  Size: 'companySize',
  Link: 'recordUrl',
  Phone: 'phone',
  Profile: 'linkedin',
};

it('a CSV import takes each as the text that it is', async () => {
  const rows = PAYLOADS.map((payload, n) => {
    const text = cell(payload.toWellFormed());
    return [n + 1, text, address(n), text, text, text, text, text, text, text].join(',');
  });
  const file = `${Object.keys(COLUMNS).join(',')}\r\n${rows.join('\r\n')}\r\n`;
  const outcome = await rig.run(await rig.write('payloads.csv', file), {
    subject: 'contacts',
    source: 'csv',
    columns: COLUMNS,
  });
  expect(outcome).toMatchObject({ read: 200, added: 200, refused: 0 });
  const cards = await rig.cards();
  const companies = new Map((await rig.companies()).map((company) => [company.id, company]));
  for (const [n, payload] of PAYLOADS.entries()) {
    const text = kept(payload).trim().replace(/\s+/g, ' ');
    const { contact } = cards[address(n)] ?? {};
    expect([contact?.name, contact?.title]).toEqual([text, text]);
    expect(contact?.records[0]?.url ?? 'https:').toMatch(/^https?:/i);
    const company = companies.get(contact?.companyId ?? '');
    if (company) expect(company.website ?? 'https:').toMatch(/^https?:/i);
  }
  // What was left out is named in a file that a spreadsheet opens.
  const cells = (await rig.report(outcome)).join('\r\n').match(/(?<=^|,|\r\n)"?[^",\r\n]*/g) ?? [];
  expect(cells.length).toBeGreaterThan(200);
  expect(cells.filter((one) => /^"?[=+\-@\t\r]/.test(one))).toEqual([]);
});

it('a command takes each as the text that it is, or refuses a link that is none', async () => {
  const tried = some(PAYLOADS, 50);
  const ids: string[] = [];
  for (const [n, payload] of tried.entries()) {
    const contactId = await team.add(nameOf(payload), {
      title: payload,
      companyName: payload,
      email: address(n),
      evenSo: true,
    });
    ids.push(contactId);
    const about = { contactId };
    const touch = { ...about, kind: 'call', direction: 'out', at: '2026-03-02T10:00:00Z' } as const;
    for (const write of [
      { kind: 'note.pin', payload: { ...about, noteId: uuid(), text: payload, site: 'mail.example' } },
      { kind: 'touch.log', payload: { ...touch, touchId: uuid(), subject: payload, excerpt: payload } },
      { kind: 'task.add', payload: { ...about, taskId: uuid(), text: payload, dueOn: '2026-03-02' } },
    ] as const)
      expect(await team.command(write)).toMatchObject({ status: 'applied' });
    const linked = { ...touch, touchId: uuid(), link: payload };
    const command = { id: uuid(), at: touch.at, kind: 'touch.log', payload: linked };
    const response = await team.request(PATHS.commands, { body: { commands: [command] } });
    if (response.status === 200) expect(payload.trim()).toMatch(/^https?:/i);
    else {
      expect(response.status).toBe(400);
      expect(v.parse(Problem, await response.json()).error.message).not.toContain('ran');
    }
    const found = await team.request(PATHS.search, { body: { q: payload.slice(0, 200) } });
    expect([200, 400]).toContain(found.status);
  }
  const response = await team.request(PATHS.cards, { body: { ids } });
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const { cards } = v.parse(CardsAnswer, await response.json());
  expect(cards.length).toBe(tried.length);
  for (const [n, payload] of tried.entries()) {
    const text = kept(payload).trim();
    const card = cards.find(({ id }) => id === ids[n])?.card;
    const said = card?.touches.find(({ subject }) => subject !== undefined);
    expect(card?.contact.name).toBe(kept(nameOf(payload)).trim());
    expect([card?.contact.title, card?.notes[0]?.text, card?.tasks[0]?.text]).toEqual([text, text, text]);
    expect([said?.subject, said?.excerpt]).toEqual([text, text]);
  }
});
