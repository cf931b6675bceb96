import { expect, test } from 'vitest';
import { serverOf } from '../../../utils/background/connection.ts';

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
