import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import messages from '../../../public/_locales/en/messages.json';
import { locale, parts, plural, t } from '../../../utils/i18n.ts';
import { speakEnglish } from '../../screens/speak.ts';

beforeAll(speakEnglish);

const texts: Record<string, { message: string }> = messages;
const sources = ['components', 'entrypoints', 'utils', 'wxt.config.ts']
  .flatMap((root) =>
    root.endsWith('.ts')
      ? [root]
      : readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)),
  )
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, code: readFileSync(file, 'utf8') }));
const all = sources.map(({ code }) => code).join('\n');

test('every key that is asked for is there', () => {
  const asked = sources.flatMap(({ file, code }) => [
    ...[...code.matchAll(/\bt\(\s*'(\w+)'/g)].map(([, key = '']) => ({ file, key })),
    ...[...code.matchAll(/\bk="(\w+)"/g)].map(([, key = '']) => ({ file, key })),
    ...[...code.matchAll(/\bplural\(\s*'(\w+)'/g)].map(([, key = '']) => ({ file, key: `${key}_other` })),
    ...[...code.matchAll(/__MSG_(\w+)__/g)].map(([, key = '']) => ({ file, key })),
  ]);
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.filter(({ key }) => texts[key] === undefined)).toEqual([]);
});

test('every key that is there is asked for', () => {
  const unused = Object.keys(texts).filter((key) => {
    const base = key.replace(/_(zero|one|two|few|many|other)$/, '');
    return !new RegExp(`['"]${base}['"]|__MSG_${base}__`).test(all);
  });
  expect(unused).toEqual([]);
});

test('no two keys differ by case alone: browsers take them for one', () => {
  const keys = Object.keys(texts);
  const lower = keys.map((key) => key.toLowerCase());
  expect(keys.filter((_, nth) => lower.indexOf(lower[nth] ?? '') !== nth)).toEqual([]);
});

test('every plural has a form for one and for the rest', () => {
  const bases = Object.keys(texts).flatMap((key) => /^(.*)_other$/.exec(key)?.[1] ?? []);
  expect(bases.length).toBeGreaterThan(5);
  expect(bases.filter((base) => texts[`${base}_one`] === undefined)).toEqual([]);
});

test('texts take their substitutions', () => {
  expect(t('stagePlace', 4, 6)).toBe('Stage 4 of 6');
  expect(plural('notKnown', 2)).toBe('2 not known');
  expect(plural('found', 1)).toBe('1 person found.');
  expect(plural('found', 1200)).toBe('1,200 people found.');
  expect(locale()).toBe('en-GB');
});

test('a text is cut where elements go', () => {
  expect(parts('leadsHere', 1)).toEqual([0, ' leads here.']);
  expect(parts('comingSoon', 2)).toEqual(['Marketing writes to ', 0, ' ', 1, '.']);
});
