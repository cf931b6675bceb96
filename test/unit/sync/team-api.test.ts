import { expect, test } from 'vitest';
import { createApi } from '../../../utils/sync/api.ts';
import { REFUSED } from '../../../utils/trouble.ts';

const ID = '0192f000-0000-7000-8000-000000000001';

/** An API whose server gives this one answer, and what was asked of it. */
function answering(status: number, body: unknown) {
  const asked: [string, unknown][] = [];
  const api = createApi(
    'https://truce.test',
    async () => 'token',
    async (url, init) => {
      asked.push([String(url), init?.body && JSON.parse(String(init.body))]);
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
    },
  );
  return { team: api.team, asked };
}

test('each change goes to its own address, without its name', async () => {
  const { team, asked } = answering(200, { done: true });
  await team.change({ kind: 'member.change', id: ID, role: 'lead' });
  await team.change({ kind: 'member.leave' });
  expect(asked).toEqual([
    ['https://truce.test/v1/members/change', { id: ID, role: 'lead' }],
    ['https://truce.test/v1/members/leave', {}],
  ]);
});

test.each([
  [409, 'last-admin', 'lastAdmin'],
  [409, 'already-member', 'member'],
  [409, 'address', 'mail'],
  [409, 'free-mail', 'freeMail'],
  [409, 'domain-taken', 'domainTaken'],
  [404, 'gone', 'gone'],
  [403, 'role', 'forbidden'],
])('%s %s is a refusal, and says nothing about the connection', async (status, code, ours) => {
  const { team } = answering(status, { error: { code, message: 'No.' } });
  await expect(team.change({ kind: 'member.remove', id: ID })).rejects.toMatchObject({ code: ours });
  expect(REFUSED).toContain(ours);
});

test('what is no answer of a Truce server is not taken for one', async () => {
  for (const [status, body] of [
    [404, '<html>'],
    [404, { error: { code: 'path', message: 'x' } }],
    [409, {}],
    [200, { done: false }],
  ] as const) {
    const { team } = answering(status, body);
    await expect(team.change({ kind: 'member.leave' })).rejects.toMatchObject({ code: 'strange' });
  }
  const { team } = answering(200, { id: ID, link: 'x' });
  await expect(team.link({ kind: 'pairing.link' })).rejects.toMatchObject({ code: 'strange' });
});
