import { expect, test, vi } from 'vitest';
import { connectionHandlers, serverOf } from '../../../utils/background/connection.ts';

test.each([
  ['https://truce.acme.example/', 'https://truce.acme.example'],
  ['truce.acme.example/team/', 'https://truce.acme.example/team'],
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['http://localhost:8787/', 'http://localhost:8787'],
])('%s is a server', (typed, address) => {
  expect(serverOf(typed)).toBe(address);
});

test.each([
  ['javascript:alert(1)', 'address'],
  ['ftp://truce.example', 'address'],
  ['https://me:secret@truce.example', 'address'],
  ['', 'address'],
  ['http://truce.acme.example', 'plain'],
  ['http://192.168.1.4:8787', 'plain'],
  ['http://localhost.evil.example', 'plain'],
])('%s is none', (typed, code) => {
  expect(() => serverOf(typed)).toThrow(expect.objectContaining({ code }));
});

const start = { server: 'https://truce.acme.example', invitation: 'truce_x', how: 'window' as const };

test('a sign-in goes to the server that the company has set, or not at all', async () => {
  const signIn = { start: vi.fn(async () => undefined), stop: vi.fn(async () => undefined) };
  const sync = { forget: vi.fn(async () => undefined) };
  const free = connectionHandlers(sync, signIn, async () => undefined);
  const bound = connectionHandlers(sync, signIn, async () => 'https://other.example');
  await free['sign-in.start']({ ...start, server: 'truce.acme.example/' }, { from: 'screen' });
  expect(signIn.start).toHaveBeenCalledExactlyOnceWith(start);
  await expect(bound['sign-in.start'](start, { from: 'screen' })).rejects.toMatchObject({ code: 'preset' });
  await bound['sign-in.start']({ ...start, server: 'https://other.example' }, { from: 'screen' });
  expect(signIn.start).toHaveBeenCalledTimes(2);
});
