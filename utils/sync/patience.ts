/** A signal that aborts when nothing has been heard for so many ms: an answer may be long, but not still. */
export class Patience {
  readonly #controller = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    this.end();
    this.#timer = setTimeout(() => {
      this.#controller.abort(new DOMException('nothing heard', 'TimeoutError'));
    }, this.#ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
