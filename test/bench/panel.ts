import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../scripts/builds.ts';
import { freePort } from '../../scripts/run.ts';
import { type SampleTeam, startSampleTeam } from '../../scripts/sample-team.ts';
import { serveMailbox } from '../../server/sample/mailbox.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { Front } from '../e2e/rig/front.ts';
import type { Screen } from '../e2e/rig/screen.ts';
import { signIn } from '../e2e/rig/sign-in.ts';
import { launch } from '../e2e/rig.ts';
import type { Report } from './run.ts';

const OPENINGS = 200;

interface Person {
  name: string;
  address: string;
}

/**
 * From the open message's header in the page to the stage painted in Chromium's real side panel. Both ends
 * take their own time (`performance.timeOrigin + now`), so that the driver is not in the figure. The first
 * time a person is opened the card comes from the server, the second time it is local.
 */
export async function bench(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const front = new Front();
  await front.up();
  const port = await freePort();
  front.target = `http://127.0.0.1:${port}`;
  const team = await startSampleTeam({ folder, port, url: front.url });
  const rig = await launch('chromium', { extension: await ensureBuilt('chromium', 'test') });
  const mailbox = await serveMailbox(0);
  let mails: Server | undefined;
  try {
    const people = await peopleOf(team);
    mails = await serveMails(mailbox.url, people);
    await signIn(rig, await team.invite());
    const page = await rig.page(addressOf(mails));
    const panel = await rig.panel(page);
    await panel.waitForText('Nobody on this page', { timeout: 20_000 });

    const asked = () => front.requests.filter(({ path }) => /lookup|cards/.test(path)).length;
    const before = asked();
    const fromServer = await openEach(page, panel, people);
    const fetched = asked() - before;
    const local = await openEach(page, panel, people);
    const again = asked() - before - fetched;
    say(report, 'mail opened to stage painted, card local', local, '≤ 100');
    say(report, 'mail opened to stage painted, card from the server', fromServer, '≤ 300');
    report('cards asked of the server the first time', fetched, `requests for ${people.length} openings`);
    report('cards asked of the server the second time', again, `requests for ${people.length} openings`);
  } finally {
    await rig.close();
    mails?.close();
    mails?.closeAllConnections();
    await mailbox.close();
    await front.down();
    await team.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Contacts with a stage and an address of their own. */
async function peopleOf({ server, workspaceId }: SampleTeam): Promise<Person[]> {
  const rows = await inWorkspace(server.db, workspaceId, (trx) =>
    trx
      .selectFrom('contact as c')
      .innerJoin('identity as i', (join) =>
        join.onRef('i.workspace_id', '=', 'c.workspace_id').onRef('i.contact_id', '=', 'c.id'),
      )
      .select(['c.id', 'c.name', 'i.value as address'])
      .where('i.kind', '=', 'email')
      .where('c.stage_id', 'is not', null)
      .orderBy('c.id')
      .execute(),
  );
  const count = (address: string) => rows.filter((row) => row.address === address).length;
  const own = rows.filter((row) => count(row.address) === 1);
  const first = own.filter((row, index) => own.findIndex(({ id }) => id === row.id) === index);
  return first.slice(0, OPENINGS);
}

function say(report: Report, name: string, times: number[], goal: string): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  report(`${name}, p50`, at(0.5), 'ms');
  report(`${name}, p95`, at(0.95), 'ms', goal);
  report(`${name}, worst of ${times.length}`, at(1), 'ms');
}

/** Milliseconds for each person, in order. */
async function openEach(page: Screen, panel: Screen, people: Person[]): Promise<number[]> {
  const times: number[] = [];
  for (const [index, { name }] of people.entries()) {
    const painted = panel.evaluate(stagePainted, name);
    const opened = await page.evaluate(headerShown, `mail-${index}`);
    times.push((await painted) - opened);
    // A person does not read a mail in no time: let what belongs to this opening end.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return times;
}

/** In the page: opens a mail and answers when its header was there. */
function headerShown(id: string): Promise<number> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('#reading article header dl')) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    document.querySelector('#reading')?.replaceChildren();
    observer.observe(document.querySelector('#reading') ?? document.body, { childList: true, subtree: true });
    location.hash = id;
  });
}

/** In the panel: answers when the stage of this person has been painted; rejects after 10 s. */
function stagePainted(name: string): Promise<number> {
  const there = () =>
    document.querySelector('.who h1')?.textContent === name &&
    document.querySelector('.stage strong')?.textContent;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no stage within 10 s')), 10_000);
    const painted = () => {
      clearTimeout(late);
      // The frame is on its way to the screen when a task after its callbacks runs.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
    };
    const observer = new MutationObserver(() => {
      if (!there()) return;
      observer.disconnect();
      painted();
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** The mailbox page with one mail from each of these. */
async function serveMails(mailbox: string, people: Person[]): Promise<Server> {
  const account = { name: 'Raj Patel', address: 'raj@truce.example' };
  const threads = people.map(({ name, address }, index) => ({
    id: `mail-${index}`,
    subject: `Question ${index}`,
    mails: [
      {
        from: `${name} <${address}>`,
        to: [`${account.name} <${account.address}>`],
        ago: index,
        body: 'Hi Raj,\n\ncould you send me the figures?\n\nBest',
      },
    ],
  }));
  const server = createServer(async (request, response) => {
    if (request.url === '/mails.json') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ account, threads }));
      return;
    }
    const answer = await fetch(new URL(request.url ?? '/', mailbox));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
}
