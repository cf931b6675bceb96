import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameKey } from '../../../utils/contract/name-key.ts';

const AT = 'Acme Logistics';
const at = (name: string) => nameKey(name, AT);
const by = (company: string) => nameKey('Ann Lee', company);

test.each([
  ['ANN LEE', 'Ann Lee'],
  ['Lee, Ann', 'Ann Lee'],
  ['Lee Ann', 'Ann Lee'],
  ['Ann M. Lee', 'Ann Lee'],
  ['Dr. Ann Lee, PhD', 'Ann Lee'],
  ['Ann  Lee (HR)', 'Ann Lee'],
  ['Ann Lee [she/her]', 'Ann Lee'],
  ['Zoe Francois', 'Zoë François'],
  ['Zoe\u0308 Franc\u0327ois', 'Zoë François'],
  ['Soren Moller', 'Søren Møller'],
  ['Lukasz Gross', 'Łukasz Groß'],
  ['Siobhan OBrien', 'Siobhán O’Brien'],
  ["O'Brien, Siobhan (HR)", 'Siobhán O´Brien'],
  ['Anne Marie Dupont', 'Anne-Marie Dupont'],
  ['İpek Işık', 'ipek ışık'],
  ['Алексеи Королев', 'Алексей Королёв'],
  ['山田 太郎', '山田太郎'],
  ['王 小明', '王小明'],
  ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダ タロウ'],
])('one person: %s, %s', (one, other) => {
  expect(at(one)).toBeDefined();
  expect(at(one)).toBe(at(other));
});

test.each([
  ['another given name', 'Ann Lee', 'Anna Lee'],
  ['father and son', 'Ann Lee Sr', 'Ann Lee Jr'],
  ['the third', 'Ann Lee', 'Ann Lee III'],
  ['an initial is all there is', 'J. Smith', 'K. Smith'],
  ['vowels of Devanagari are letters', 'राम शर्मा', 'रमा शर्मा'],
  ['the dots of kana are letters', 'かとう あき', 'がとう あき'],
  ['a second family name', 'Ana García López', 'Ana García Pérez'],
  ['ü is not ue', 'Hans Bauer', 'Hans Baur'],
])('two people: %s', (_, one, other) => {
  expect(at(one)).toBeDefined();
  expect(at(one)).not.toBe(at(other));
});

test.each(['', ' ', 'Ann', 'Dr. Lee', 'A. B.', '(HR)', '…', '王', '123', '\u0301\u0301'])(
  'too little to know anybody by: %s',
  (name) => expect(at(name)).toBeUndefined(),
);

test.each([
  ['Acme Logistics GmbH'],
  ['ACME LOGISTICS, INC.'],
  ['Acme Logistics GmbH & Co. KG'],
  ['Acme-Logistics S.p.A.'],
  ['Acme Logistics Sp. z o.o.'],
  ['Acme Logistics a.s.'],
  ['The Acme Logistics Company Limited'],
  ['ООО Acme Logistics'],
  ['株式会社Acme Logistics'],
  ['㈱Acme Logistics'],
  ['Äcme Logistics'],
])('one company: %s', (company) => expect(by(company)).toBe('name:ann lee|acme logistics'));

test.each([
  ['Acme Logistics', 'Acme'],
  ['Acme Logistics', 'Logistics Acme'],
  ['Company', 'Limited'],
  ['Acme North', 'Acme South'],
  ['Inc', 'Inc Magazine'],
  ['3M', '4M'],
])('two companies: %s, %s', (one, other) => {
  expect(by(one)).toBeDefined();
  expect(by(one)).not.toBe(by(other));
});

test('a company is its domain, where one is given', () => {
  expect(by('ACME.example')).toBe('name:ann lee|acme.example');
  expect(by('Müller.example')).toBe('name:ann lee|xn--mller-kva.example');
  expect(by('')).toBeUndefined();
  expect(by(' & ')).toBeUndefined();
});

const odd = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        'Ann',
        'Lee',
        'Dr',
        'GmbH',
        'S.',
        'p.',
        'A.',
        'the',
        '.',
        '(',
        ')',
        '王',
        'ﷺ',
        'İ',
        '|',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join(' ')),
);

test('never throws, is bounded, has one bar, and reads its own form the same way', () => {
  fc.assert(
    fc.property(odd, odd, (name, company) => {
      const key = nameKey(name, company);
      if (key === undefined) return;
      expect(key.length).toBeLessThan(1000);
      expect(key.split('|')).toHaveLength(2);
      const [who = '', where = ''] = key.slice('name:'.length).split('|');
      expect(nameKey(who, where)).toBe(key);
    }),
    { numRuns: 1000 },
  );
});

test('the order of the words never matters, the company always does', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{1,9}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 2, maxLength: 4 }),
      fc.nat(3),
      word,
      word,
      (words, turn, a, b) => {
        const turned = [...words.slice(turn), ...words.slice(0, turn)];
        expect(nameKey(turned.join(' '), 'Acme')).toBe(nameKey(words.join(' '), 'Acme'));
        const [one, other] = [`Acme ${a}`, `Acme ${b}`].map((each) =>
          nameKey(words.join(' '), `${each} North`),
        );
        if (a.toLowerCase() !== b.toLowerCase() && one !== undefined) expect(one).not.toBe(other);
      },
    ),
  );
});

test('hostile names and companies come to an end', () => {
  for (const piece of ['(', '[', 'a ', 'a.', '\u0301', 'ﷺ', "'", '株式会社', 'gmbh ', '王', '\ud800']) {
    const long = piece.repeat(200_000);
    for (const key of [
      nameKey(long, 'Acme'),
      nameKey('Ann Lee', long),
      nameKey(`Ann ${long}`, `Acme ${long}`),
    ])
      expect(key?.length ?? 0).toBeLessThan(1000);
  }
});
