/** What is under way with a server, and those who wait for all of it to end before they change whose it is. */
export class Uses {
  readonly #running = new Set<Promise<unknown>>();
  #closed = 0;
  #changing: Promise<unknown> = Promise.resolve();

  /** Somebody is about to change the connection's hands: nothing may be begun. */
  get closed(): boolean {
    return this.#closed > 0;
  }

  /** Resolves and rejects as the job does; until then those who want to be alone wait. */
  async run<T>(job: Promise<T>): Promise<T> {
    this.#running.add(job);
    try {
      return await job;
    } finally {
      this.#running.delete(job);
    }
  }

  /** Runs a job, after those before it, while nothing is under way: a request would go on with what it knew. */
  alone(job: () => Promise<void>): Promise<void> {
    this.#closed += 1;
    const mine = this.#changing.then(async () => {
      try {
        while (this.#running.size > 0) await Promise.allSettled(this.#running);
        await job();
      } finally {
        this.#closed -= 1;
      }
    });
    this.#changing = mine.catch(() => undefined);
    return mine;
  }
}
