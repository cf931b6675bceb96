import { expect, test } from 'vitest';
import { gather } from '../../server/accounts/gather.ts';

/** Answers when it is told to. */
function asked() {
  const questions: { group: string; ids: readonly string[]; answer(): void; fail(): void }[] = [];
  const one = gather<string>(
    (group, ids) =>
      new Promise((done, lost) => {
        questions.push({
          group,
          ids,
          answer: () =>
            done(new Map(ids.filter((id) => id !== 'nobody').map((id) => [id, `${group} ${id}`]))),
          fail: () => lost(new Error('down')),
        });
      }),
  );
  return { one, questions };
}

test('the first is asked at once, and what comes meanwhile in one question of its group', async () => {
  const { one, questions } = asked();
  const [a, b, nobody, other] = [one('x', 'a'), one('x', 'b'), one('x', 'nobody'), one('y', 'a')];
  expect(questions.map(({ group, ids }) => [group, ids])).toEqual([
    ['x', ['a']],
    ['y', ['a']],
  ]);
  questions[0]?.answer();
  expect(await a).toBe('x a');
  expect(questions[2]?.ids).toEqual(['b', 'nobody']);
  // Whoever asks now must not get what was asked before.
  const again = one('x', 'b');
  questions[2]?.answer();
  expect([await b, await nobody]).toEqual(['x b', undefined]);
  expect(questions[3]?.ids).toEqual(['b']);
  questions[3]?.answer();
  questions[1]?.answer();
  expect([await again, await other]).toEqual(['x b', 'y a']);
  const later = one('x', 'c');
  expect(questions[4]?.ids).toEqual(['c']);
  questions[4]?.answer();
  expect(await later).toBe('x c');
});

test('a question that fails fails for those it was about, and the next is asked; one is never too long', async () => {
  const { one, questions } = asked();
  const first = one('x', 'a');
  const rest = Array.from({ length: 501 }, (_, n) => one('x', String(n)));
  const failed = expect(first).rejects.toThrow('down');
  questions[0]?.fail();
  await failed;
  expect(questions[1]?.ids.length).toBe(500);
  questions[1]?.answer();
  expect(await rest[499]).toBe('x 499');
  questions[2]?.answer();
  expect(await rest[500]).toBe('x 500');
});
