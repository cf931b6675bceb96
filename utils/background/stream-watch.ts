import type { StreamWord } from '../screen.ts';

/** ms after which a stream that was live and says nothing is not; it says something every 20 s. */
const SILENT = 50_000;
/** ms after which whoever is to hold the stream, and says nothing, is passed over. */
const LOST = 100_000;

interface Parts<Who> {
  /** Changes are told, or not any more. */
  onLive: (live: boolean) => void;
  /** The server was heard. */
  onBeat: () => void;
  /** Somebody else should hold the stream: this one, if any, is not heard. */
  onSilence: (holder: Who | undefined) => void;
}

/** Which screen holds the stream of changes, and whether it is heard. */
export class StreamWatch<Who> {
  readonly #parts: Parts<Who>;
  #holder: Who | undefined;
  #live = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts<Who>) {
    this.#parts = parts;
  }

  /** There is a screen: one of them will hold the stream. */
  expect(): void {
    if (this.#timer === undefined) this.#wait(LOST);
  }

  said(who: Who, word: StreamWord): void {
    if (word === 'lost' && who !== this.#holder) return;
    this.#holder = who;
    this.#wait(word === 'live' ? SILENT : LOST);
    if (word === 'live' && this.#live) this.#parts.onBeat();
    else this.#set(word === 'live');
  }

  gone(who: Who): void {
    if (who !== this.#holder) return;
    this.#holder = undefined;
    this.#wait(LOST);
    this.#set(false);
  }

  /** There are no screens. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#holder = undefined;
    this.#set(false);
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const holder = this.#holder;
      this.#wait(LOST);
      this.#set(false);
      this.#parts.onSilence(holder);
    }, ms);
  }

  #set(live: boolean): void {
    if (this.#live === live) return;
    this.#live = live;
    this.#parts.onLive(live);
  }
}
