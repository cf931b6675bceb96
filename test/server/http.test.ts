import { Writable } from 'node:stream';
import fc from 'fast-check';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Accounts } from '../../server/accounts/accounts.ts';
import { memberships } from '../../server/accounts/membership.ts';
import { createApp } from '../../server/app.ts';
import { openDatabase } from '../../server/store/database.ts';
import { PATHS, Problem } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, openTestAccounts, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;
let accounts: Accounts;
let lines = '';
const log = pino(
  { level: 'trace' },
  new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk);
      done();
    },
  }),
);

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db, log);
  accounts = await openTestAccounts(database.db);
});
afterAll(() => database.drop());

const POSTS = [PATHS.lookup, PATHS.cards, PATHS.search, PATHS.company, PATHS.commands];

test('without the right token nothing of /v1 answers', async () => {
  const app = createApp({ db: database.db, accounts, log, clock: () => new Date() });
  const forged = `truce_${'A'.repeat(64)}`;
  for (const authorization of [
    '',
    'Bearer x',
    `Bearer ${forged}`,
    `Bearer ${team.token.slice(0, -9)}${'A'.repeat(9)}`,
    team.token,
  ]) {
    for (const path of [...Object.values(PATHS), '/v1/else']) {
      if (path === PATHS.pairing) continue;
      const response = await app.request(path, { headers: { authorization } });
      expect([path, response.status]).toEqual([path, 401]);
      expect(v.parse(Problem, await response.json()).error.code).toBe('token');
    }
  }
  expect((await app.request('/healthz')).status).toBe(200);
  expect((await app.request('/readyz')).status).toBe(200);
});

test('a bad body is a 400 with a sentence that quotes nothing of it', async () => {
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"tags":["secret@example.com"]}',
    '{"q":""}',
    '{"ids":["secret"]}',
  ];
  for (const path of POSTS) {
    for (const body of bodies) {
      const response = await team.request(path, { body });
      expect([path, body, response.status]).toEqual([path, body, 400]);
      const { error } = v.parse(Problem, await response.json());
      expect(error.message).not.toContain('secret');
    }
  }
  const large = await team.request(PATHS.search, { body: { q: 'x'.repeat(300_000) } });
  expect(large.status).toBe(413);
  expect(v.parse(Problem, await large.json()).error.message).toContain('32 kB');
});

test('whatever is sent, the answer is ours and never a 500', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...POSTS), fc.jsonValue(), async (path, value) => {
      const response = await team.request(path, { body: JSON.stringify(value) });
      expect([200, 400]).toContain(response.status);
    }),
    { numRuns: 150 },
  );
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(text, text, async (name, companyName) => {
      const command = { id: uuid(), at: '2026-01-01T00:00:00Z', kind: 'contact.add' };
      const payload = { contactId: uuid(), name, companyName, email: `${name}@${companyName}.com` };
      const answers = [
        await team.request(PATHS.search, { body: { q: name } }),
        await team.request(PATHS.commands, { body: { commands: [{ ...command, payload }] } }),
      ];
      for (const answer of answers) expect([200, 400]).toContain(answer.status);
    }),
    { numRuns: 100 },
  );
});

test('a viewer may look but not change', async () => {
  const viewer = await createTeam(database.db, log);
  await database.asOwner(`update member set role = 'viewer' where id = $1`, [viewer.memberId]);
  const response = await viewer.request(PATHS.commands, { body: { commands: [] } });
  expect(response.status).toBe(403);
  expect((await viewer.request(PATHS.shared)).status).toBe(200);
});

test('a database that is away is a 503 in words, and the log says where, not what', async () => {
  const gone = openDatabase('postgres://nobody:hushhush@127.0.0.1:1/none');
  const app = createApp({
    db: gone,
    accounts: { ...accounts, memberships: memberships(gone) },
    log,
    clock: () => new Date(),
  });
  const ready = await app.request('/readyz');
  const session = await app.request(PATHS.session, { headers: { authorization: `Bearer ${team.token}` } });
  expect([ready.status, session.status]).toEqual([503, 503]);
  expect(v.parse(Problem, await session.json()).error.message).toContain('cannot reach its database');
  await gone.close();
});

test('the log holds requests but nothing about anybody', async () => {
  await team.add('Quentin Quill', { email: 'quentin@quill-logged.example', companyName: 'Quill-Logged' });
  await team.request(PATHS.search, { body: { q: 'Quentin' } });
  await team.request('/v1/quentin@quill-logged.example?q=quentin');
  await team.request(`${PATHS.changes}?since=quentin`);
  expect(lines).toContain('"path":"/v1/commands"');
  expect(lines).toContain('"path":"other"');
  expect(lines).toContain('"status":503');
  for (const secret of [/quentin/i, /quill/i, /secret@/, /hushhush/, team.token, /bearer/i]) {
    expect(lines).not.toMatch(secret);
  }
});
