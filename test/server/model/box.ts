import type { Batch, Disk } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';

/** What lay on a disk between two writes. */
export interface Look {
  version: number;
  /** Versions of the cards by contact. */
  cards: Map<string, number>;
}

const forever = <T>() => new Promise<T>(() => undefined);

/** A browser's disk, which outlives its workers; what a worker asks of it when it is dead is neither done nor said. */
export class Box {
  looks: Look[] = [];
  /** The worker dies at this write, counted from now: before it, or after it and before it hears of it. */
  crash: { writes: number; done: boolean } | undefined;
  readonly #disk = memoryDisk();
  readonly #cards = new Map<string, number>();
  #version = 0;

  /** As one worker has it. `die`: it ends here. */
  open(isAlive: () => boolean, die: () => void): Disk {
    const read = async <T>(work: () => Promise<T>): Promise<T> => {
      if (!isAlive()) return forever();
      const found = await work();
      return isAlive() ? structuredClone(found) : forever();
    };
    const write = async <T>(work: () => Promise<T>): Promise<T> => {
      if (!isAlive()) return forever();
      const crash = this.#struck();
      if (crash && !crash.done) {
        die();
        return forever();
      }
      const done = await work();
      if (crash) die();
      return isAlive() ? done : forever();
    };
    const disk = this.#disk;
    return {
      load: () => read(() => disk.load()),
      tags: () => read(() => disk.tags()),
      cards: (ids) => read(() => disk.cards(ids)),
      cardsByKeys: (keys) => read(() => disk.cardsByKeys(keys)),
      cardsOfCompany: (id) => read(() => disk.cardsOfCompany(id)),
      allCards: () => read(() => disk.allCards()),
      cardIds: () => read(() => disk.cardIds()),
      companies: (ids) => read(() => disk.companies(ids)),
      companiesAt: (domains) => read(() => disk.companiesAt(domains)),
      mine: () => read(() => disk.mine()),
      recipes: () => read(() => disk.recipes()),
      draft: (form) => read(() => disk.draft(form)),
      draftForms: () => read(() => disk.draftForms()),
      grant: () => read(() => disk.grant()),
      pending: () => read(() => disk.pending()),
      write: (batch) =>
        write(async () => {
          const copy = structuredClone(batch);
          await disk.write(copy);
          this.#note(copy);
        }),
      append: (...given) => write(async () => structuredClone(await disk.append(...structuredClone(given)))),
      evict: (limits) => write(() => disk.evict(limits)),
      saveDraft: (form, text) => write(() => disk.saveDraft(form, text)),
    };
  }

  /** As it lies there. */
  get disk(): Disk {
    return this.#disk;
  }

  #struck(): Box['crash'] {
    if (!this.crash) return undefined;
    this.crash.writes -= 1;
    if (this.crash.writes > 0) return undefined;
    const { crash } = this;
    this.crash = undefined;
    return crash;
  }

  #note({ clear, cards = [], dropCards = [], meta }: Batch): void {
    if (clear) this.#cards.clear();
    for (const { id, version } of cards) this.#cards.set(id, version);
    for (const id of dropCards) this.#cards.delete(id);
    if (meta) this.#version = meta.version ?? 0;
    this.looks.push({ version: this.#version, cards: new Map(this.#cards) });
  }
}
