import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { BrowserKind } from '../../scripts/browser-places.ts';
import { ensureBuilt } from '../../scripts/builds.ts';
import { freePort } from '../../scripts/run.ts';
import { type SampleTeam, startSampleTeam } from '../../scripts/sample-team.ts';
import { editNote, pinNote } from '../../utils/commands.ts';
import { CommandsAnswer } from '../../utils/contract/command.ts';
import { PATHS, SearchAnswer } from '../../utils/contract/routes.ts';
import { Front } from '../e2e/rig/front.ts';
import { servePages } from '../e2e/rig/pages.ts';
import { type Screen, until } from '../e2e/rig/screen.ts';
import { signIn } from '../e2e/rig/sign-in.ts';
import { launch } from '../e2e/rig.ts';
import type { Report } from './run.ts';

const TIMES = 100;

/**
 * From a colleague's request that edits a note to its text painted on another's open panel, over the stream. Both
 * ends take the time of this computer, so that the driver is not in the figure.
 */
export async function bench(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const front = new Front();
  await front.up();
  const port = await freePort();
  front.target = `http://127.0.0.1:${port}`;
  const team = await startSampleTeam({ folder, port, url: front.url });
  try {
    for (const kind of ['chromium', 'firefox'] as const) await inBrowser(kind, team, front, report);
  } finally {
    await front.down();
    await team.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function inBrowser(kind: BrowserKind, team: SampleTeam, front: Front, report: Report): Promise<void> {
  const rig = await launch(kind, { extension: await ensureBuilt(kind, 'test') });
  const pages = await servePages();
  try {
    await signIn(rig, await team.invite(team.members[0]));
    const panel = await rig.panel(await rig.page(`${pages.url}/people`));
    await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 20_000 });
    const write = await writer(front.target, await team.token(team.members[1]));
    await until(30_000, () => front.streams === 1 || undefined);
    await rest(3000);
    const asked = front.requests.length;
    const times: number[] = [];
    for (let nth = 0; nth < TIMES; nth += 1) {
      times.push(await once(panel, write, `${kind} ${nth} ends here`));
      // Not in step with anything that goes by the second.
      await rest(100 + 37 * (nth % 7));
    }
    const polls = front.requests.slice(asked).filter(({ path }) => path.startsWith(PATHS.changes)).length;
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    report(`${kind}: written by one to painted on another's panel, p50`, at(0.5), 'ms');
    report(`${kind}: written by one to painted on another's panel, p95`, at(0.95), 'ms', '≤ 1000');
    report(`${kind}: the same, worst of ${TIMES}`, at(1), 'ms');
    report(`${kind}: questions what has changed meanwhile`, polls, 'requests');
  } finally {
    await rig.close();
    await pages.stop();
  }
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Pins a note; what comes back edits it, and answers when it began to, ms since epoch. */
async function writer(server: string, token: string): Promise<(text: string) => Promise<number>> {
  const ask = async (path: string, body: unknown) => {
    const response = await fetch(`${server}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...{ method: 'POST', body: JSON.stringify(body) },
    });
    return response.json();
  };
  const apply = async (command: object) => {
    const { results } = v.parse(CommandsAnswer, await ask(PATHS.commands, { commands: [command] }));
    if (results[0]?.status !== 'applied') throw new Error(`not written: ${JSON.stringify(results)}`);
  };
  const { hits } = v.parse(SearchAnswer, await ask(PATHS.search, { q: 'Marley' }));
  const pinned = pinNote({ contactId: hits[0]?.id ?? '', text: 'First' });
  await apply(pinned);
  const { contactId, noteId } = pinned.payload;
  let revision = 0;
  return async (text) => {
    revision += 1;
    const command = editNote(revision, { contactId, noteId, text });
    const began = performance.timeOrigin + performance.now();
    await apply(command);
    return began;
  };
}

async function once(panel: Screen, write: (text: string) => Promise<number>, text: string): Promise<number> {
  const painted = panel.evaluate(textPainted, text);
  const [began, there] = await Promise.all([write(text), painted]);
  return there - began;
}

/** In the panel: answers when this text has been painted; rejects after 20 s. */
function textPainted(text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not there within 20 s: ${text}`)), 20_000);
    const observer = new MutationObserver(() => {
      if (!document.body.textContent?.includes(text)) return;
      observer.disconnect();
      clearTimeout(late);
      // The frame is on its way to the screen when a task after its callbacks runs.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}
