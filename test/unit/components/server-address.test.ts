import { expect, test } from 'vitest';
import { connectionLink, originPattern, serverAddress } from '../../../utils/server-address.ts';

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

const access = { server: 'http://127.0.0.1:8787', token: 'a+b/c=' };
test.each([
  `chrome-extension://abc/options.html#connect=${encodeURIComponent(JSON.stringify(access))}`,
  `#connect=${new URLSearchParams(access)}`,
  `server=${encodeURIComponent(access.server)}&token=${encodeURIComponent(access.token)}`,
  JSON.stringify(access),
  `http://127.0.0.1:8787/#token=${encodeURIComponent(access.token)}`,
])('%s is a connection link', (typed) => {
  expect(connectionLink(typed)).toEqual(access);
});

test.each([
  '',
  'https://truce.acme.example',
  '#connect=%7B',
  '#connect={"server":1}',
  'server=nonsense&token=x',
])('%s is none', (typed) => {
  expect(connectionLink(typed)).toBeUndefined();
});

test('permission is asked for a whole host', () => {
  expect(originPattern('mail.example.com/inbox?x=1')).toBe('https://mail.example.com/*');
  expect(originPattern('http://127.0.0.1:8080')).toBe('http://127.0.0.1/*');
  expect(originPattern('*')).toBeUndefined();
});
