/** In one question. */
const MOST = 500;

interface Waiting<V> {
  id: string;
  done(answer: V | undefined): void;
  fail(error: unknown): void;
}

/**
 * Asks about many of a group at once: the first question is asked straight away, and those that come while one is
 * under way go into the next. So an answer is never older than its question, and a stampede is a few questions.
 * @returns asks about one
 */
export function gather<V>(
  ask: (group: string, ids: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (group: string, id: string) => Promise<V | undefined> {
  const groups = new Map<string, Waiting<V>[]>();

  async function run(group: string, waiting: Waiting<V>[]): Promise<void> {
    for (let now = waiting.splice(0, MOST); now.length > 0; now = waiting.splice(0, MOST)) {
      try {
        const answers = await ask(
          group,
          now.map(({ id }) => id),
        );
        for (const { id, done } of now) done(answers.get(id));
      } catch (error) {
        for (const { fail } of now) fail(error);
      }
    }
    groups.delete(group);
  }

  return (group, id) =>
    new Promise((done, fail) => {
      const waiting = groups.get(group) ?? [];
      waiting.push({ id, done, fail });
      if (groups.has(group)) return;
      groups.set(group, waiting);
      void run(group, waiting);
    });
}
