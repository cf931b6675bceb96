import type { Company } from '../contract/company.ts';
import type { Shared } from '../contract/routes.ts';
import type { Batch, Disk, Grant, HeldCard, Meta, Mine, Pending, Queued } from './disk.ts';
import { withErased, writtenAbout } from './erased.ts';
import { CARDS_MOST } from './evict.ts';
import { Known } from './known.ts';
import { Lately } from './lately.ts';
import { memoryDisk } from './memory-disk.ts';
import { isFull, notSaved } from './not-saved.ts';
import { queuedHere, withoutOwn, withoutPlace } from './own.ts';
import { queuedAfter } from './queued.ts';
import { rejoin } from './rejoin.ts';
import { SeenCards } from './seen.ts';
import { blobSink, type TagSink } from './tags/sink.ts';

/**
 * The local copy: what is on disk, with what was used lately in memory. Opened at the first `load`; where
 * the browser refuses, everything but the outbox works from memory.
 */
export class Replica {
  storage: 'ok' | 'refused' | 'full' = 'ok';
  meta: Meta = {};
  shared: Shared | undefined;
  /** Waiting and refused commands, in order. */
  queued: Queued[] = [];
  /** Cards that came in a form this version can't read: the match keys by contact. */
  readonly unreadable = new Map<string, string[]>();
  /** Contacts found to be erased since this copy was opened. */
  readonly erased = new Set<string>();
  readonly seen = new SeenCards();
  /** How often cards were dropped to make room: whoever was looked up before may have to be again. */
  evictions = 0;
  readonly #known = new Known(() => this.#use((disk) => disk.tags()));
  readonly #lately = new Lately((work) => this.#use(work));
  #mine: Mine | undefined;
  /** Cards were added since it was last looked whether they are too many. */
  #grown = true;
  readonly #open: (onLost: () => void) => Promise<Disk>;
  readonly #refuge: () => Disk;
  #disk: Promise<Disk> | undefined;
  #loaded: Promise<void> | undefined;
  #begun = false;
  /** As it was when the disk missed something. From then on the disk is told no place to go on from. */
  #missed: Meta | undefined;

  /** `refuge`: takes the place of a disk that the browser refuses. */
  constructor(open: (onLost: () => void) => Promise<Disk>, refuge: () => Disk = memoryDisk) {
    this.#open = open;
    this.#refuge = refuge;
  }

  load(): Promise<void> {
    this.#loaded ??= this.#load().catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  /** Whether there is a set of tags that can be read, for all that is known. */
  get hasSet(): boolean {
    return this.#known.store !== undefined;
  }

  /** Whether it can be said who is known. */
  get hasTags(): boolean {
    const { tagsVersion, tagKey } = this.meta;
    return tagsVersion !== undefined && tagKey !== undefined && this.hasSet;
  }

  /** Those of the keys that some contact of the team has; without a set of tags, those that a held card has. */
  async known(keys: string[]): Promise<Set<string>> {
    return (await this.#known.of(keys)) ?? new Set((await this.idsByKeys(keys)).keys());
  }

  tag = (key: string): Promise<number | undefined> => this.#known.tag(key);

  /** Held contacts by match key; a key that nobody held has is absent. */
  idsByKeys = (keys: string[]): Promise<Map<string, string[]>> => this.#lately.idsByKeys(keys);
  cards = (ids: string[]): Promise<Map<string, HeldCard>> => this.#lately.cards(ids, this.storage !== 'ok');
  companies = (ids: string[]): Promise<Map<string, Company>> => this.#lately.companies(ids);
  /** Held companies by domain (normal form). */
  async companiesAt(domains: string[]): Promise<Map<string, Company>> {
    const held = await this.#use((disk) => disk.companiesAt(domains));
    return new Map(held.flatMap((company) => company.domains.map((domain) => [domain, company])));
  }
  /** With those that a full disk had no room for. */
  async cardIds(): Promise<string[]> {
    const ids = await this.#use((disk) => disk.cardIds());
    return [...new Set([...ids, ...this.#lately.ids])];
  }
  allCards = () => this.#use((disk) => disk.allCards());
  cardsOfCompany = (companyId: string) => this.#use((disk) => disk.cardsOfCompany(companyId));
  async mine(): Promise<Mine | undefined> {
    this.#mine ??= await this.#use((disk) => disk.mine());
    return this.#mine;
  }
  recipes = () => this.#use((disk) => disk.recipes());
  /** Always as it is on disk: another worker may have renewed it. */
  grant = (): Promise<Grant | undefined> => this.#use((disk) => disk.grant());
  pending = (): Promise<Pending | undefined> => this.#use((disk) => disk.pending());
  draft = (form: string) => this.#use((disk) => disk.draft(form));
  saveDraft = (form: string, text: string) => this.#use((disk) => disk.saveDraft(form, text));
  draftForms = () => this.#use((disk) => disk.draftForms());

  /**
   * Takes effect at once here, and on disk as one transaction; a full disk is noted and otherwise survived.
   * @param firm on disk first; where that fails nothing has changed, and on a full one it throws `Trouble`
   * @param isLate asked at the last moment: then nothing is written
   */
  async write(given: Batch, firm = false, isLate = () => false): Promise<void> {
    await this.load();
    const forms = given.erased?.length ? await this.draftForms() : [];
    const batch = this.#known.recorded(withErased(withoutOwn(given, this), queuedHere(this), forms));
    if (isLate()) return;
    const before = this.meta;
    if (!firm) this.#apply(batch);
    try {
      await this.#use((disk) => disk.write(withoutPlace(batch, this.#missed)));
      if (batch.clear) this.#missed = undefined;
      // What was read before all of it had gone.
      if (batch.clear) this.#lately.clear();
      if (this.storage === 'full') this.storage = 'ok';
    } catch (error) {
      // A meta alone is written again, as a whole.
      if (!firm && batch.meta && Object.keys(batch).length > 1) this.#missed ??= before;
      if (!isFull(error)) throw error;
      this.storage = 'full';
      if (batch.tags?.file !== undefined) this.#known.drop();
      if (firm) throw notSaved(error);
    }
    if (firm) this.#apply(batch);
  }

  /**
   * Adds to the known tags what the server has just applied. A set that is asked for afterwards has them too: so
   * never while one is on its way.
   */
  async addTags(keys: string[]): Promise<void> {
    const tagDelta = await this.#known.lacking(keys);
    if (tagDelta) await this.write({ tagDelta });
  }

  /** Where a whole set is written, before `write` puts it in place. */
  tagSink = (): Promise<TagSink> => this.#use(async (disk) => disk.tagSink?.() ?? blobSink());

  /** Makes one set of the tags and their many changes. What can't be read is let go, and fetched again. */
  async foldTags(): Promise<void> {
    const tags = await this.#known.fold(this.tagSink);
    if (tags) await this.write({ tags });
    await this.#use(async (disk) => disk.tidyTags?.());
  }

  /** Resolves when the command is durable on this device; otherwise throws `Trouble` (`storage`, `full`). */
  async append(written: Omit<Queued, 'seq'>, form?: string): Promise<void> {
    await this.load();
    if (this.storage === 'refused') throw notSaved();
    if (this.queued.some(({ command }) => command.id === written.command.id)) return;
    try {
      const entry = await this.#use((disk) => disk.append(written, form));
      this.queued = [...this.queued, entry].sort((a, b) => a.seq - b.seq);
      if (this.storage === 'full') this.storage = 'ok';
    } catch (cause) {
      if (isFull(cause)) this.storage = 'full';
      throw notSaved(cause);
    }
  }

  /** Lets go of the cards that are too many, least recently seen first; never of one that something waits for. */
  async evict(most = CARDS_MOST): Promise<void> {
    if (!this.#grown) return;
    this.#grown = false;
    const keep = writtenAbout(queuedHere(this), await this.draftForms());
    const own = (await this.mine())?.ids ?? [];
    const gone = await this.#use((disk) => disk.evict({ most, keep, own }));
    if (gone.cards.length + gone.companies.length === 0) return;
    this.#lately.forget(gone);
    this.evictions += 1;
  }

  async #load(): Promise<void> {
    const start = await this.#use((disk) => disk.load());
    this.#begun = true;
    this.shared = start.shared;
    this.queued = start.queued;
    this.meta = start.meta;
    this.#known.load(start.meta.tagKey, start.tags);
  }

  /** The disk; opened again where it went away, or where this is the one that did. */
  #opened(gone?: Promise<Disk>): Promise<Disk> {
    if (this.#disk && this.#disk !== gone) return this.#disk;
    const disk = this.#openDisk(() => {
      if (this.#disk !== disk) return;
      this.#disk = undefined;
      // It may have gone with all that was in it: what waits is in this background's memory alone, which may end.
      if (this.queued.length > 0) void this.#opened();
    });
    this.#disk = disk;
    return disk;
  }

  async #openDisk(onLost: () => void): Promise<Disk> {
    try {
      const disk = await this.#open(onLost);
      if (this.#begun) await this.#rejoin(disk);
      return disk;
    } catch {
      this.storage = 'refused';
      return this.#refuge();
    }
  }

  async #rejoin(disk: Disk): Promise<void> {
    const { queued, meta } = await rejoin(disk, this);
    this.queued = queued;
    if (!meta) return;
    this.meta = meta;
    this.#known.load(undefined, undefined);
  }

  /** A connection that the browser has closed behind our back is opened again once. */
  async #use<T>(work: (disk: Disk) => Promise<T>): Promise<T> {
    const opened = this.#opened();
    try {
      return await work(await opened);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      return work(await this.#opened(opened));
    }
  }

  #apply(batch: Batch): void {
    this.#known.apply(batch);
    if (batch.clear) {
      this.meta = {};
      this.shared = undefined;
      this.#mine = undefined;
      for (const cache of [this.unreadable, this.#lately, this.seen]) cache.clear();
    }
    if (batch.meta) this.meta = batch.meta;
    if (batch.shared) this.shared = batch.shared;
    if (batch.mine) this.#mine = batch.mine;
    if (batch.cards?.length) this.#grown = true;
    for (const id of batch.erased ?? []) this.erased.add(id);
    for (const id of batch.dropCards ?? []) this.unreadable.delete(id);
    this.#lately.apply(batch);
    this.queued = queuedAfter(this.queued, batch);
  }
}
