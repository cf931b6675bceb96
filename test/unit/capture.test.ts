import { expect, test } from 'vitest';
import { scrub, scrubUrl, textsIn, tokensIn } from '../../scripts/capture-scrub.ts';
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
  expect(make(['An Mark Day']).text('An Day')).not.toMatch(/An|Day/);
  expect(make().text('An Day')).toBe('An Day');
  // Months are names too.
  expect(make().text('April May June August Jan')).not.toMatch(/April|May|June|August|Jan/);
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

test.each([
  ['Bo', /^\p{Lu}\p{Ll}$/u],
  ['Ann Lee', /^\p{Lu}\p{Ll}{2} \p{Lu}\p{Ll}{2}$/u],
  ['王 伟', /^\p{Script=Han} \p{Script=Han}$/u],
  ['김민준', /^\p{Script=Hangul}{3}$/u],
  ['佐藤 花', /^\p{Script=Han}{2} \p{Script=Han}$/u],
  ['Тел. ٤٤١١ and 4411', /^\p{Script=Cyrillic}{3}\. [1-9]{4} and [1-9]{4}$/u],
])('short words, and those of any script, go: %s', (text, wanted) => {
  const words = new Words([text], []);
  const made = words.text(text);
  expect(made).toMatch(wanted);
  expect(words.leftIn([made])).toEqual([]);
  expect(words.leftIn([text]).length).toBeGreaterThan(0);
  for (const word of tellingWords(text)) expect(made.toLowerCase()).not.toContain(word);
});

test('what is left is told: a word of the page, a number, however short', () => {
  const words = make();
  expect(words.leftIn([words.text(SAID.join(' '))])).toEqual([]);
  expect(words.leftIn(['<p>A BULLFINCH, from Ann</p>'])).toEqual(['bullfinch', 'ann']);
  expect(words.leftIn(['2026', '山田'])).toEqual(['山田', '2026']);
  expect(words.leftIn(['another word'])).toEqual([]);
});

test('identifiers: what any site has stays, what the page says goes, and so do names that were given to one thing', () => {
  const attributes: [string, string][] = [
    ['class', 'gD message-row row-bullfinch rowProjectFalcon css-1x2y3z'],
    ['id', 'thread-project-falcon'],
    ['aria-controls', 'message-header thread-project-falcon'],
    ['data-testid', 'message-header'],
    ['data-view', 'contract-with-heron'],
    ['role', 'row'],
    ['data-action', 'open-12345678'],
  ];
  const page = { tag: 'p', attributes, inside: ['Project Falcon of the Bullfinch, in a row with a header'] };
  const words = new Words([...textsIn(page), ...SAID], [], ['css-1x2y3z']);
  const html = scrub(page, words, new Set());
  expect(html).not.toMatch(/falcon|bullfinch|heron|contract|12345678/i);
  expect(html).toMatch(/class="gD message-row \w{3}-\w{9} \w{16} css-1x2y3z"/);
  expect(html).toContain('data-testid="message-header"');
  expect(html).toContain('role="row"');
  // A reference still leads where it led.
  const [, id] = / id="([^"]+)"/.exec(html) ?? [];
  expect(html).toContain(`aria-controls="message-header ${id}"`);
  expect(tokensIn(page).filter((one) => !words.isUnsaid(one))).toEqual([
    'row-bullfinch',
    'rowProjectFalcon',
    'thread-project-falcon',
    'thread-project-falcon',
  ]);
});
