import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive, stopProcess } from '../../server/postgres/left-over.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { sendable } from '../../utils/sync/outbox.ts';
import { seeded, times } from '../series.ts';
import { postgresPid, temporaryFolder } from './child.ts';
import { Browser } from './model/browser.ts';
import { check } from './model/check.ts';
import { Mortal } from './model/kills.ts';
import { Ledger } from './model/ledger.ts';
import { KEYS } from './model/people.ts';
import { KINDS } from './model/steps.ts';
import { write } from './model/writing.ts';

/** A real server process and its real PostgreSQL, killed while browsers with the shipped code write and sync. */
let data: Awaited<ReturnType<typeof temporaryFolder>>;
let mortal: Mortal | undefined;

beforeAll(async () => {
  data = await temporaryFolder();
});
afterAll(async () => {
  await mortal?.stop();
  const pid = await postgresPid(data.folder);
  if (pid > 0 && isAlive(pid)) await stopProcess(pid);
  await data.remove();
});

const ROUNDS = times(100, 3);
/** ms of calm before a kill, at most. */
const CALM = 700;
/** ms between two writes or looks of a browser, at most: what waits while nobody answers is sent before the next kill. */
const PAUSE = 200;
/** By the browsers' clocks an hour passes in a minute: whoever waits for another try waits less. */
const FAST = 60;

const VICTIMS = ['server', 'database', 'both'] as const;

test(`killed with -9 in ${ROUNDS} rounds, nothing that was called saved is lost or done twice`, {
  timeout: 3_600_000,
}, async () => {
  const random = seeded(20261123);
  const pick = () => Math.floor(random() * 1000);
  const server = await Mortal.start(data.folder);
  mortal = server;
  const office = await server.office();
  const ledger = new Ledger();
  const began = Date.now();
  const time = () => began + (Date.now() - began) * FAST;
  // Looked up at each call: a connection of before may be dead.
  const network = {
    fetchFor: (): typeof globalThis.fetch => (input, init) => {
      if (String(input).endsWith(PATHS.commands)) ledger.sent(String(init?.body));
      return globalThis.fetch(input, init);
    },
  };
  const browsers = office.seats.map(
    (seat) => new Browser({ url: server.url, office, seat, network, ledger, random, time }),
  );
  let over = false;
  const works = browsers.map(async (browser) => {
    while (!over) {
      const [kind = 'pin', chance] = [KINDS[pick() % KINDS.length], random()];
      if (chance < 0.5) await write(browser, kind, pick(), office.stageIds);
      else if (chance < 0.75) browser.look(KEYS);
      else browser.wake();
      await sleep(random() * PAUSE);
    }
  });

  const killed: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    await server.ready();
    await sleep(random() * CALM);
    const victim = VICTIMS[pick() % VICTIMS.length] ?? 'both';
    killed[victim] = (killed[victim] ?? 0) + 1;
    if (victim !== 'server') await server.killDatabase();
    if (victim !== 'database') {
      await server.killServer();
      server.restart();
    }
  }
  await server.ready();
  over = true;
  await Promise.all(works);

  for (const browser of browsers) {
    await expect
      .poll(
        async () => {
          await browser.sync.wake();
          return [browser.sync.connection.state, sendable(browser.replica).length];
        },
        { timeout: 300_000, interval: 100 },
      )
      .toEqual(['online', 0]);
  }
  for (const browser of browsers) browser.look(KEYS);
  for (const browser of browsers) await expect.poll(() => browser.busy, { timeout: 20_000 }).toBe(false);
  // What the last of them sent is among the changes of the others.
  for (const browser of browsers) {
    await sleep(200);
    await browser.sync.wake();
  }
  const db = await server.database();
  const done = { erased: new Set<string>(), imported: false, changes: new Map<string, number[]>() };
  await check({ db, office, ledger, browsers, server: done });
  await db.close();
  const acked = ledger.all.filter((written) => written.acked).length;
  console.log(
    `${ROUNDS} rounds: ${JSON.stringify(killed)}, ${acked} of ${ledger.all.length} commands called saved`,
  );
  expect(acked).toBeGreaterThan(ROUNDS);
});
