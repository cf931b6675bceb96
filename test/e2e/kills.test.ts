import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { type Command, contactOf } from '../../utils/contract/command.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { LONG, seeded, times } from '../series.ts';
import { allRows } from '../server/rows.ts';
import { heldRows } from './rig/held.ts';
import { type Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, showOnFailure, World } from './rig/world.ts';
import { outcome, prepare, press, type Write } from './rig/writes.ts';

/** The background is ended at a moment of chance of each write that a person makes in the panel. */
const WRITES = times(kind === 'firefox' ? 100 : 500, 20);
/** ms that each way to the server takes. */
const LAG = 20;
/** ms within which a write is made, sent and settled. */
const WITHIN = 10 * LAG;
const PEOPLE = ['Bob Marley-Smith', 'Zoë François'];
const STAGES = ['Opportunity', 'Customer', 'Sales qualified'];

let world: World;
let rig: Rig;
let panel: Screen;
beforeAll(async () => {
  // More requests a minute than anybody makes; what the walls say to that is another test.
  world = await World.start({ walls: { ...DEFAULT_WALLS, address: 100_000, person: 100_000 } });
  rig = await world.paired();
  panel = await rig.panel(await rig.page(`${world.pages.url}/people`));
  for (const who of PEOPLE) {
    await panel.click({ role: 'tab', name: who });
    await panel.waitForText(who, { within: '.who' });
    stages.set(who, await panel.text('.stage strong'));
  }
  const { definition = [] } = await allRows(world.databaseUrl);
  for (const { id, label } of definition.map((row) => JSON.parse(row))) stageLabels.set(id, label);
});
afterAll(() => world?.stop());

const random = seeded(11);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
/** Notes that nobody has edited yet, by person: the last pinned one is the first on the card. */
const fresh = new Map<string, string>();
const stages = new Map<string, string>();
const stageLabels = new Map<string, string>();

function nextWrite(nth: number): Write {
  const who = pick(PEOPLE);
  const before = fresh.get(who);
  const turn = random();
  if (turn < 0.15) {
    const words = pick(STAGES.filter((each) => each !== stages.get(who)));
    stages.set(who, words);
    return { kind: 'stage', who, words };
  }
  if (turn < 0.45) return { kind: 'touch', who, words: `touch ${nth}.` };
  if (turn < 0.7 && before !== undefined) {
    fresh.delete(who);
    return { kind: 'edit', who, words: `edit ${nth}.`, before };
  }
  fresh.set(who, `note ${nth}.`);
  return { kind: 'pin', who, words: `note ${nth}.` };
}

const sends = () => world.front.requests.filter(({ path }) => path === PATHS.commands);

/** Where a write stood when the background was ended. */
type Point = 'not saved' | 'saved, not sent' | 'under way' | 'answered';

async function endWithin(write: Write, asked: number): Promise<Point> {
  await new Promise((resolve) => setTimeout(resolve, random() * WITHIN));
  const saved = await panel.evaluate(
    (at) => !document.querySelector(at),
    '.dock form, .note form, .stage form',
  );
  await rig.endBackground();
  const own = sends()
    .slice(asked)
    .filter(({ all }) => write.kind === 'stage' || all.includes(write.words));
  if (own.some(({ status }) => status !== undefined)) return 'answered';
  if (own.length > 0) return 'under way';
  return saved ? 'saved, not sent' : 'not saved';
}

test(`ended at ${WRITES} moments of ${WRITES} writes, each is applied exactly once`, {
  timeout: 1_800_000,
}, async (context) => {
  showOnFailure(context, { panel });
  world.front.lag = LAG;
  const points: Record<Point, number> = { 'not saved': 0, 'saved, not sent': 0, 'under way': 0, answered: 0 };
  const writes: Write[] = [];
  let again = 0;
  for (let nth = 0; nth < WRITES; nth += 1) {
    const write = nextWrite(nth);
    writes.push(write);
    // An edit of what another edit is on its way to change would be about a contact that nobody has seen.
    if (write.kind === 'stage') await panel.waitForNoText('waiting to be sent', { timeout: 60_000 });
    await prepare(panel, write);
    const asked = sends().length;
    const [point] = await Promise.all([endWithin(write, asked), press(panel, write)]);
    points[point] += 1;
    for (let said = await outcome(panel, write); said !== 'saved'; said = await outcome(panel, write)) {
      // Whoever is told that it was not saved presses again.
      again += 1;
      console.log(`${write.kind} ${point}: ${said.problem}`);
      if (again > WRITES) throw new Error(`again and again: ${said.problem}`);
      await press(panel, write);
    }
  }
  world.front.lag = 0;
  await panel.waitForNoText('waiting to be sent', { timeout: 60_000 });
  console.log(`${rig.kind}: ${WRITES} ends, ${JSON.stringify(points)}; not saved was said ${again} times`);
  // All moments of a write are among them.
  for (const count of Object.values(points)) expect(count).toBeGreaterThanOrEqual(LONG ? WRITES / 20 : 0);
  expect(await panel.has('.notices')).toBe(false);
  // What is saved is in no form any more.
  const kept = await until(10_000, async () => {
    const { outbox = 0, drafts = 0 } = await heldRows(rig);
    return outbox + drafts === 0 || undefined;
  });
  expect(kept).toBe(true);

  const rows = await allRows(world.databaseUrl);
  const read = (table: string) => (rows[table] ?? []).map((row) => JSON.parse(row));
  const applied = read('command').toSorted((a, b) => a.created_at.localeCompare(b.created_at));
  expect(applied.filter(({ result }) => result.status !== 'applied')).toEqual([]);
  const told = new Map(sends().flatMap(({ all }) => commandsIn(all).map((command) => [command.id, command])));
  const order = (who: string) => writes.filter((write) => write.who === who).map(({ words }) => words);
  const byContact = Map.groupBy(applied, ({ id }) => {
    const command = told.get(id);
    return command && contactOf(command);
  });
  const orders = [...byContact.values()].map((all) => all.map(({ id }) => wordsOf(told.get(id))));
  expect(orders).toHaveLength(PEOPLE.length);
  for (const who of PEOPLE) expect(orders).toContainEqual(order(who));

  const notes = read('note');
  const edited = new Set(writes.flatMap(({ before }) => before ?? []));
  for (const { kind, words } of writes) {
    if (kind === 'stage') continue;
    const held =
      kind === 'touch'
        ? read('touch').filter(({ subject }) => subject === words)
        : notes.filter(({ text }) => text === words);
    expect(held, words).toHaveLength(edited.has(words) ? 0 : 1);
  }
  expect(notes.filter(({ beside_id }) => beside_id !== null)).toEqual([]);
});

/** The commands of a request, as the front has seen it. */
function commandsIn(request: string): Command[] {
  return JSON.parse(request.split('\n').at(-1) ?? '').commands;
}

function wordsOf(command: Command | undefined): string | undefined {
  switch (command?.kind) {
    case 'note.pin':
    case 'note.edit':
      return command.payload.text;
    case 'touch.log':
      return command.payload.subject;
    case 'contact.edit':
      return stageLabels.get(command.payload.stageId ?? '');
    default:
      return undefined;
  }
}
