import { expect, test } from 'vitest';
import { originPattern, placeOf, serverAddress } from '../../../utils/server-address.ts';

test.each([
  ['https://truce.acme.example/', 'https://truce.acme.example'],
  ['truce.acme.example', 'https://truce.acme.example'],
  ['truce.acme.example:8443/team/', 'https://truce.acme.example:8443/team'],
  ['localhost:8787', 'http://localhost:8787'],
  [' 127.0.0.1:8787 ', 'http://127.0.0.1:8787'],
  ['http://truce', 'http://truce'],
])('%s is the server %s', (typed, server) => {
  expect(serverAddress(typed)).toBe(server);
});

test.each([
  '',
  'truce',
  'ftp://truce.example',
  'javascript:alert(1)',
  'a b.example',
  'https://u:p@x.example',
])('%s is no server', (typed) => {
  expect(serverAddress(typed)).toBeUndefined();
});

const secret = 'truce_AZ-x_09'.padEnd(70, 'q');
test.each([
  [`https://truce.acme.example/join#${secret}`, { server: 'https://truce.acme.example', invitation: secret }],
  [
    ` truce.acme.example/team/join#${secret} `,
    { server: 'https://truce.acme.example/team', invitation: secret },
  ],
  [`http://127.0.0.1:8787/join#${secret}`, { server: 'http://127.0.0.1:8787', invitation: secret }],
  ['truce.acme.example', { server: 'https://truce.acme.example' }],
])('%s is a place to sign in', (typed, place) => {
  expect(placeOf(typed)).toEqual(place);
});

test.each([
  '',
  'nonsense',
  `https://truce.acme.example/#${secret}`,
  'https://truce.acme.example/join#',
  'https://truce.acme.example/join#a b<script>',
  `javascript:alert(1)/join#${secret}`,
])('%s is none', (typed) => {
  expect(placeOf(typed)).toBeUndefined();
});

test('permission is asked for a whole host', () => {
  expect(originPattern('mail.example.com/inbox?x=1')).toBe('https://mail.example.com/*');
  expect(originPattern('http://127.0.0.1:8080')).toBe('http://127.0.0.1/*');
  expect(originPattern('*')).toBeUndefined();
});
