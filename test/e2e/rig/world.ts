import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inject, onTestFailed, type TestContext } from 'vitest';
import type { BrowserKind } from '../../../scripts/browser-places.ts';
import { ensureBuilt } from '../../../scripts/builds.ts';
import { freePort } from '../../../scripts/run.ts';
import { type SampleTeam, startSampleTeam } from '../../../scripts/sample-team.ts';
import type { Member } from '../../../utils/contract/member.ts';
import { createTestDatabase, type TestDatabase } from '../../server/database.ts';
import { launch } from '../rig.ts';
import { Front } from './front.ts';
import { type Pages, servePages } from './pages.ts';
import type { Screen } from './screen.ts';
import { signIn } from './sign-in.ts';
import type { LaunchOptions, Rig } from './types.ts';

/** The browser this run is for: each spec runs once in a project of each. */
export const kind: BrowserKind = process.env.TRUCE_BROWSER === 'firefox' ? 'firefox' : 'chromium';

const SHOTS = resolve(import.meta.dirname, '../../../test-results');

/** The sample team behind a front, some pages, and as many browsers as a spec wants. */
export class World {
  readonly team: SampleTeam;
  readonly front: Front;
  readonly pages: Pages;
  readonly #folder: string;
  readonly #database: TestDatabase;
  readonly #rigs: Rig[] = [];

  private constructor(parts: {
    team: SampleTeam;
    front: Front;
    pages: Pages;
    folder: string;
    database: TestDatabase;
  }) {
    this.team = parts.team;
    this.front = parts.front;
    this.pages = parts.pages;
    this.#folder = parts.folder;
    this.#database = parts.database;
  }

  /** `more`: of the server's settings. */
  static async start(more: Partial<Parameters<typeof startSampleTeam>[0]> = {}): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'truce-e2e-'));
    const front = new Front();
    await front.up();
    const port = await freePort();
    front.target = `http://127.0.0.1:${port}`;
    const database = await createTestDatabase();
    const team = await startSampleTeam({ folder, port, url: front.url, databaseUrl: database.url, ...more });
    return new World({ team, front, pages: await servePages(), folder, database });
  }

  /** The team's database, for whoever may see all of it. */
  get databaseUrl(): string {
    return this.#database.url;
  }

  /** A browser with a fresh profile and the build under test, or the shipped one. */
  async browser(build: 'test' | 'shipped' = 'test', options: Partial<LaunchOptions> = {}): Promise<Rig> {
    const template = inject('firefoxProfile');
    const rig = await launch(kind, { extension: await ensureBuilt(kind, build), template, ...options });
    this.#rigs.push(rig);
    return rig;
  }

  /** Signs a browser in by an invitation, as a person does. */
  async pair(rig: Rig, member?: Member): Promise<void> {
    await signIn(rig, await this.team.invite(member));
  }

  /** A browser that is connected already. */
  async paired(member?: Member): Promise<Rig> {
    const rig = await this.browser();
    await this.pair(rig, member);
    return rig;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#rigs.map((rig) => rig.close().catch(() => undefined)));
    await this.front.down();
    await this.pages.stop();
    await this.team.stop();
    await this.#database.drop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Keeps pictures of these if the test fails. */
export function showOnFailure(context: TestContext, screens: Record<string, Screen | undefined>): void {
  onTestFailed(async () => {
    const name = context.task.name.replace(/[^\w]+/g, '-').slice(0, 60);
    for (const [what, screen] of Object.entries(screens)) {
      await screen?.screenshot(join(SHOTS, `${kind}-${name}-${what}.png`)).catch(() => undefined);
    }
  });
}
