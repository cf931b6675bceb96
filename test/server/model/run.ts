import * as v from 'valibot';
import { ChangesAnswer } from '../../../utils/contract/change.ts';
import { PATHS } from '../../../utils/contract/routes.ts';
import { sendable } from '../../../utils/sync/outbox.ts';
import { seeded } from '../../series.ts';
import { Browser } from './browser.ts';
import { check } from './check.ts';
import { Ledger } from './ledger.ts';
import { Network, type Sent } from './network.ts';
import { KEYS, PEOPLE_KEYS } from './people.ts';
import { BEGIN, type Office, type Place } from './place.ts';
import { ServerActs } from './server-acts.ts';
import type { Series, Step } from './steps.ts';
import { mend, write } from './writing.ts';

/** ms that a letter takes at most, by the clock of the schedule. */
const TRAVEL = 400;
/** Rounds of every browser after which all is well. */
const ROUNDS_MAX = 8;
const LETTERS_MAX = 3000;
/** ms in which everything is due again, and all but what is asked of the session. */
const LONG = 11 * 60_000;
const SHORT = 31_000;

const tick = () => new Promise<void>((done) => setImmediate(done));

/** Plays schedules in a workspace of their own; after each it heals everything, and checks what became of it. */
export async function play(place: Place, folder: string, { seed, schedules }: Series): Promise<void> {
  const story = new Story(place, await place.office(), folder, seed);
  try {
    await story.begin();
    for (const steps of schedules) {
      for (const step of steps) await story.take(step);
      await story.heal();
      await check({ ...story, db: place.db });
    }
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : cause}\n${story.log.join('\n')}`, { cause });
  }
}

export class Story {
  readonly place: Place;
  readonly office: Office;
  readonly ledger = new Ledger();
  readonly server: ServerActs;
  readonly browsers: Browser[];
  readonly log: string[];
  readonly #network: Network;
  readonly #random: () => number;
  #elapsed = 0;

  constructor(place: Place, office: Office, folder: string, seed: number) {
    this.place = place;
    this.office = office;
    this.#random = seeded(seed);
    this.#network = new Network(this.#random, (sent) => this.#serve(sent));
    this.log = this.#network.log;
    this.server = new ServerActs(place, office, folder);
    const time = () => BEGIN + this.#elapsed;
    const url = 'http://server.test';
    const parts = { url, office, network: this.#network, ledger: this.ledger, random: this.#random, time };
    this.browsers = office.seats.map((seat) => new Browser({ ...parts, seat }));
    place.now = BEGIN;
  }

  /** Every browser has been there once, and knows some of the people. */
  async begin(): Promise<void> {
    for (const [place, browser] of this.browsers.entries()) {
      browser.wake();
      await this.#drain();
      browser.look(KEYS.slice(place % 2, 2));
    }
    await this.#drain();
  }

  async take(step: Step): Promise<void> {
    this.log.push(JSON.stringify(step));
    const browser = 'at' in step ? this.browsers[step.at] : undefined;
    if (browser) await this.#in(browser, step);
    else if (step.do === 'wait') this.#pass(step.seconds * 1000);
    else if (step.do === 'weather') this.#network.weather = step.weather;
    else if (step.do === 'server') await this.server.act(step.what, step.pick);
    else if (step.do === 'pass') for (let n = 0; n < step.letters; n += 1) await this.#move();
    await tick();
  }

  async heal(): Promise<void> {
    this.#network.weather = 'calm';
    this.log.push('healed');
    for (const { box } of this.browsers) box.crash = undefined;
    await this.#drain();
    await this.#network.flush();
    for (let n = 0; n < ROUNDS_MAX; n += 1) {
      this.#pass(n > 0 || this.#random() < 0.3 ? LONG : SHORT);
      await this.server.retag();
      for (const browser of this.browsers) browser.wake();
      await this.#drain();
      for (const browser of this.browsers) browser.lookForMore(PEOPLE_KEYS);
      await this.#drain();
      const version = await this.server.version();
      if (this.browsers.every((browser) => isDone(browser, version))) return;
    }
    throw new Error(`not in step: ${this.browsers.map(({ sync }) => sync.connection.state).join()}`);
  }

  async #in(browser: Browser, step: Step): Promise<void> {
    switch (step.do) {
      case 'write':
        return write(browser, step.kind, step.pick, this.office.stageIds);
      case 'mend':
        return mend(browser, step.pick);
      case 'wake':
        return browser.wake();
      case 'warm':
        return browser.warm();
      case 'restart':
        return browser.restart();
      case 'look':
        return browser.look(KEYS.slice(step.pick % KEYS.length).slice(0, 5));
      case 'open': {
        const ids = await this.server.contacts();
        const id = ids[step.pick % ids.length];
        return id === undefined ? undefined : browser.open(id);
      }
      case 'live':
        return browser.setLive(step.on);
      case 'hear':
        return this.#tell(browser, step.lost);
      case 'crash':
        browser.box.crash = { writes: step.writes, done: step.done };
        return;
      case 'skew':
        browser.skew = step.hours * 3_600_000;
    }
  }

  /** What the stream says next, or would have said. */
  async #tell(browser: Browser, lost: boolean): Promise<void> {
    const response = await this.#serve({
      path: `${PATHS.changes}?since=${browser.told}`,
      ...{ method: 'GET', headers: { authorization: `Bearer ${browser.seat.token}` }, body: undefined },
    });
    const { version, changes, reset } = v.parse(ChangesAnswer, await response.json());
    if (!lost) browser.hear(browser.told, version, changes, reset);
    browser.told = version;
  }

  #serve({ path, method, headers, body }: Sent) {
    if (path === PATHS.commands && body !== undefined) this.ledger.sent(body);
    return this.place.request(path, { method, headers, ...(body !== undefined && { body }) });
  }

  async #move(): Promise<boolean> {
    const moved = await this.#network.step();
    this.#pass(this.#random() * TRAVEL);
    await tick();
    await tick();
    return moved;
  }

  /** Until nobody waits for anything. */
  async #drain(): Promise<void> {
    let letters = 0;
    for (let idle = 0; idle < 3; ) {
      if (await this.#move()) letters += 1;
      else if (!this.browsers.some(({ busy }) => busy)) idle += 1;
      if (letters > LETTERS_MAX) throw new Error('it goes round in circles');
    }
  }

  #pass(ms: number): void {
    this.#elapsed += ms;
    this.place.now = BEGIN + this.#elapsed;
  }
}

function isDone({ sync, replica }: Browser, version: number): boolean {
  const { meta } = replica;
  const isThere = sync.connection.state === 'online' && meta.version === version;
  return isThere && sendable(replica).length === 0 && !meta.tagsStale && !meta.tagKeyStale;
}
