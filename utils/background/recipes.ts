import type { Recipe } from '../contract/recipe.ts';
import { networkAt } from '../detect/networks.ts';
import { recipesAt, recipes as shippedRecipes } from '../detect/sites/index.ts';
import type { HeldRecipes } from '../replica/disk.ts';
import type { Replica } from '../replica/replica.ts';
import type { Api } from '../sync/api.ts';
import { passed } from '../sync/passed.ts';
import type { Sync } from '../sync/sync.ts';
import { Trouble } from '../trouble.ts';
import { newestOf, readServed } from './newer-recipes.ts';

/** ms between two questions whether there are newer ones: as a rule, and while one does not fit. */
const SELDOM = 3_600_000;
const OFTEN = 60_000;
/** So many versions that were served are told of in so many ms: each could be a question about what is on pages. */
const TOLD_MAX = 3;
const TOLD_PER = 86_400_000;
/** Of so many it is remembered that they went stale. */
const STALE_MAX = 50;

interface Parts {
  replica: Pick<Replica, 'load' | 'meta' | 'recipes' | 'write'>;
  sync: Pick<Sync, 'use' | 'connection'>;
  /** Other recipes hold from now on: pages at which they may be used are read anew. */
  onNewer: (ids: ReadonlySet<string>) => void;
  /** What is said of the open pages may have changed. */
  onChange: () => void;
  shipped?: readonly Recipe[];
  /** ms since epoch. */
  now?: () => number;
}

type Stale = HeldRecipes['stale'][number];

const NONE: HeldRecipes = { at: 0, served: [], stale: [] };

/**
 * The recipes that pages are read by: those that the extension ships, and newer ones that the team's server serves.
 * These are kept with the copy, and go with it.
 */
export class Recipes {
  readonly #parts: Required<Parts>;
  /** As it was read from the copy of this sign-in, or written to it. */
  #held: { of: string; recipes: Promise<HeldRecipes | undefined> } | undefined;
  #newest: { of: HeldRecipes | undefined; list: readonly Recipe[] } | undefined;
  /** ms since epoch; absent: ask as soon as it can be asked. */
  #askedAt: number | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = { shipped: shippedRecipes, now: Date.now, ...parts };
  }

  /** The newest of each. */
  async all(): Promise<readonly Recipe[]> {
    const { shipped } = this.#parts;
    // A copy that cannot be opened is told of elsewhere.
    const held = await this.#read().catch(() => undefined);
    if (!this.#newest || this.#newest.of !== held) {
      // Another version of the extension may have written it, and ship others.
      this.#newest = { of: held, list: newestOf(shipped, readServed(held?.served ?? [], shipped)) };
    }
    return this.#newest.list;
  }

  /** Those that a page at this address may need. */
  async at(url: string): Promise<readonly Recipe[]> {
    const host = URL.parse(url)?.hostname ?? '';
    const network = networkAt(host);
    return network ? [network] : recipesAt(host, await this.all());
  }

  /** Whether this version no longer fits its site, and whether the server knows. */
  async staleness(id: string, version: number): Promise<'stale' | 'told' | undefined> {
    const { stale } = (await this.#read().catch(() => undefined)) ?? NONE;
    const found = stale.find((each) => each.id === id && each.version === version);
    return found && (found.told ? 'told' : 'stale');
  }

  /** It missed too often. Remembered until there is a newer one, which is asked for at once. */
  async markStale(id: string, version: number): Promise<void> {
    const current = (await this.all()).find((recipe) => recipe.id === id);
    if (current?.version !== version || (await this.staleness(id, version)) !== undefined) return;
    // Not while somebody else is signed in or out: what is written then would stay.
    await this.#parts.sync.use(async () => {
      const held = (await this.#read()) ?? NONE;
      const stale = [...held.stale, { id, version, told: false }].slice(-STALE_MAX);
      await this.#write({ ...held, stale });
    });
    this.#askedAt = undefined;
    this.#parts.onChange();
    await this.tend();
  }

  /** Asks the server what is newer and tells it what is stale, when that is due. One at a time; never rejects. */
  async tend(): Promise<void> {
    this.#running ??= this.#tend()
      .catch((error: unknown) => {
        // Noted by `use`: the next turn goes on.
        if (!(error instanceof Trouble)) globalThis.reportError?.(error);
      })
      .finally(() => {
        this.#running = undefined;
      });
    await this.#running;
  }

  async #tend(): Promise<void> {
    const { replica, sync, now } = this.#parts;
    await replica.load();
    if (sync.connection.state !== 'online' || !this.#due(await this.#read(), await this.all())) return;
    await sync.use(async (api) => {
      this.#askedAt = now();
      await this.#fetch(api);
      await this.#tell(api);
    });
  }

  #due(held: HeldRecipes | undefined, all: readonly Recipe[]): boolean {
    const { now } = this.#parts;
    // One that is not told of shows in nothing else either.
    const isStale = staleNow(held, all).some((one) => one.told || this.#mayTell(held, one));
    if (!isStale && held && !passed(held.at, now(), SELDOM)) return false;
    return passed(this.#askedAt, now(), isStale ? OFTEN : SELDOM);
  }

  async #fetch(api: Api): Promise<void> {
    const { shipped, now, onNewer, onChange } = this.#parts;
    const held = (await this.#read()) ?? NONE;
    const answer = await orNothing(api.recipes.read(held.etag));
    if (!answer) {
      // Nothing new is not worth a write each time.
      if (passed(held.at, now(), SELDOM)) await this.#write({ ...held, at: now() });
      return;
    }
    const before = await this.all();
    const { etag, recipes } = answer;
    const { etag: _, ...rest } = held;
    const served = readServed(recipes, shipped);
    await this.#write({ ...rest, at: now(), served, ...(etag !== undefined && { etag }) });
    const was = new Map(before.map(({ id, version }) => [id, version]));
    const others = (await this.all()).filter(({ id, version }) => was.get(id) !== version);
    if (others.length === 0) return;
    onNewer(new Set(others.map(({ id }) => id)));
    onChange();
  }

  async #tell(api: Api): Promise<void> {
    for (const one of staleNow(await this.#read(), await this.all())) {
      const { id, version, told } = one;
      if (told || !this.#mayTell(await this.#read(), one)) continue;
      if (!(await orNothing(api.recipes.tell({ id, version })))) continue;
      const held = (await this.#read()) ?? NONE;
      const since = this.#isShipped(one) ? {} : { at: this.#parts.now() };
      const stale = held.stale.map((each) =>
        each.id === id && each.version === version ? { ...each, told: true, ...since } : each,
      );
      await this.#write({ ...held, stale });
      this.#parts.onChange();
    }
  }

  #isShipped({ id, version }: Stale): boolean {
    return this.#parts.shipped.some((recipe) => recipe.id === id && recipe.version === version);
  }

  #mayTell(held: HeldRecipes | undefined, one: Stale): boolean {
    const lately = held?.stale.filter(({ at }) => at && !passed(at, this.#parts.now(), TOLD_PER)) ?? [];
    return this.#isShipped(one) || lately.length < TOLD_MAX;
  }

  async #read(): Promise<HeldRecipes | undefined> {
    const { replica } = this.#parts;
    await replica.load();
    const of = signInOf(replica.meta);
    if (this.#held?.of !== of) {
      if (this.#held) this.#askedAt = undefined;
      const recipes = replica.recipes();
      this.#held = { of, recipes };
      // Read again when it is needed again.
      recipes.catch(() => {
        if (this.#held?.recipes === recipes) this.#held = undefined;
      });
    }
    return this.#held.recipes;
  }

  /** Where there is no room on disk, it holds as long as the background does. */
  async #write(recipes: HeldRecipes): Promise<void> {
    const { replica } = this.#parts;
    this.#held = { of: signInOf(replica.meta), recipes: Promise.resolve(recipes) };
    await replica.write({ recipes });
  }
}

/** Whose copy it is: another one's are read anew. */
const signInOf = ({ server, workspaceId, browserId, ended }: Replica['meta']): string =>
  JSON.stringify([server, workspaceId, browserId, ended?.state]);

/** Those that are still the newest. */
const staleNow = (held: HeldRecipes | undefined, all: readonly Recipe[]): Stale[] =>
  (held?.stale ?? []).filter(({ id, version }) =>
    all.some((recipe) => recipe.id === id && recipe.version === version),
  );

/** A server of before does not know: then there is nothing. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Trouble && error.code === 'strange') return undefined;
    throw error;
  }
}
