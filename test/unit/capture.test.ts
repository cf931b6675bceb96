import { expect, test } from 'vitest';
import { leftIn, scrub, scrubUrl, structureIn, textsIn } from '../../scripts/capture-scrub.ts';
import { tellingWords, Words } from '../../scripts/capture-words.ts';
import { findAddresses } from '../../utils/detect/address.ts';

/** How words, addresses and links are replaced in a captured page; whole pages are in `test/detect/capture.test.ts`. */
const SAID = [
  'From: Ann Bullfinch <ann.bullfinch@goldcrest.example.com>',
  'ann.bullfinch@goldcrest.example.org',
  'Дмитрий Иванов',
  '山田 太郎',
  'Zoë Ångström-O’Neil, 44 11 2026',
];
const make = (names = ['Ann Bullfinch']) => new Words(SAID, names);

test('the same for the same, of the same length, case and script; labels stay', () => {
  const words = make();
  for (const text of SAID.slice(2)) {
    const made = words.text(text);
    expect([...made]).toHaveLength([...text].length);
    expect(made.replace(/\p{L}/gu, 'x')).toMatch(/^[x\s,’-]+[\d ]*$/);
    expect(made).toBe(words.text(text));
  }
  expect(words.text('Иванов')).toMatch(/^[\p{Script=Cyrillic}]{6}$/u);
  expect(words.text('山田')).toMatch(/^[\p{Script=Han}]{2}$/u);
  expect(words.text('BULLFINCH Bullfinch bullfinch')).toMatch(/^(\p{Lu}+) \p{Lu}\p{Ll}+ \p{Ll}+$/u);
  expect(words.text('From: Reply-To: 差出人')).toBe('From: Reply-To: 差出人');
  expect(new Set(SAID.flatMap((text) => tellingWords(text).map((word) => words.text(word)))).size).toBe(
    new Set(SAID.flatMap(tellingWords)).size,
  );
});

test('a name still goes with its address, and two addresses stay two', () => {
  const words = make();
  const [made, other] = SAID.slice(0, 2).map((text) => words.text(text)) as [string, string];
  const [, first, last] = /From: (\w+) (\w+) </.exec(made) ?? [];
  expect(made).toMatch(new RegExp(`<${first}\\.${last}@[\\w.]+\\.example>$`, 'i'));
  expect(findAddresses(made)).toHaveLength(1);
  expect(findAddresses(other)).toHaveLength(1);
  expect(other).not.toBe(findAddresses(made)[0]?.address);
  expect(other.split('@')[0]).toBe(findAddresses(made)[0]?.address.split('@')[0]);
});

test('a label that is somebody’s name is none; nothing is the same in the next capture', () => {
  expect(make(['An Mark May']).text('An May')).not.toMatch(/An|May/);
  expect(make().text('An May')).toBe('An May');
  expect(make().text(SAID[0] ?? '')).not.toBe(make().text(SAID[0] ?? ''));
});

test.each([
  [
    'mailto:Ann%20Bullfinch%20%3Cann.bullfinch%40goldcrest.example.com%3E',
    /^mailto:\w+%20\w+%20%3C[\w.]+@[\w.]+\.example%3E$/,
  ],
  [
    'https://mail.site.example/mail/u/0/#inbox/FMkestrel99317',
    /^https:\/\/mail\.site\.example\/mail\/u\/0\/#inbox\/\w{9}\d{5}$/,
  ],
  ['https://elsewhere.example.com/ann-bullfinch?who=ann', /^https:\/\/\w+\.\w+\.example\/\w+-\w+\?\w+=\w+$/],
  ['?_task=mail&_uid=27&_search=bullfinch', /^\?_task=mail&_uid=\d\d&_search=\w{9}$/],
  ['https://ann:secret@elsewhere.example.com:99/x', /^https:\/\/\w+\.\w+\.example\/\w$/],
  ['javascript:alert("bullfinch")', /^#$/],
  ['data:text/html,bullfinch', /^#$/],
  ['//elsewhere.example.com/bullfinch', /^\/\/\w+\.\w+\.example\/\w{9}$/],
])('%s', (url, wanted) => {
  const made = scrubUrl(url, make(), new Set(['mail.site.example']));
  expect(made).toMatch(wanted);
  expect(made).not.toMatch(/bullfinch|kestrel|secret|elsewhere/i);
});

test('what is left is told, but for chance in the structure', () => {
  const page = {
    tag: 'p',
    attributes: [
      ['class', 'whole message-row'],
      ['title', 'whole bullfinch'],
    ] as [string, string][],
    inside: ['a whole bullfinch'],
  };
  const html = scrub(page, make(), new Set());
  expect(leftIn(html, textsIn(page), structureIn(page))).toEqual([]);
  expect(leftIn('<p>A BULLFINCH</p>', textsIn(page), structureIn(page))).toEqual(['bullfinch']);
  expect(html).toContain('class="whole message-row"');
});
