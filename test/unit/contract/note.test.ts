import * as v from 'valibot';
import { expect, test } from 'vitest';
import { PageLink, plainLink } from '../../../utils/contract/note.ts';

test('a link is kept without sign-in, query and fragment', () => {
  expect(plainLink('https://ann:pw@mail.example/u/0/inbox?q=ann%40acme.example&token=1#thread/9')).toBe(
    'https://mail.example/u/0/inbox',
  );
  expect(plainLink('http://127.0.0.1:8080/a')).toBe('http://127.0.0.1:8080/a');
  for (const none of [
    '',
    'mail.example',
    'about:blank',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:,x',
  ])
    expect(plainLink(none), none).toBeUndefined();
});

test('both sides take no other link', () => {
  for (const good of [
    'https://mail.example/',
    'https://mail.example/u/0/inbox',
    'http://mail.example:81/a%20b',
  ])
    expect(v.safeParse(PageLink, good).success, good).toBe(true);
  for (const bad of [
    'https://mail.example/?',
    'https://mail.example/a?q=1',
    'https://mail.example/a#b',
    'https://mail.example/#',
    'https://ann@mail.example/',
    'https://ann:pw@mail.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://mail.example/',
    `https://mail.example/${'a'.repeat(2000)}`,
  ])
    expect(v.safeParse(PageLink, bad).success, bad).toBe(false);
});
