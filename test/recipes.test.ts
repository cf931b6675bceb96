import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'tldts';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { SHIPPED_RECIPES } from '../server/routes/shipped-recipes.ts';
import { type Dated, Recipe } from '../utils/contract/recipe.ts';
import { fits } from '../utils/detect/expects.ts';
import { recipes } from '../utils/detect/sites/index.ts';
import type { PageReport } from '../utils/detect/types.ts';

/** What every recipe and every fixture keeps; whether they agree is seen in a browser (`test/detect/run.test.ts`). */
const SITES = 'utils/detect/sites';
const CASES = 'test/detect';
const LEAST = 150;
/** One of each, as a whole name or as a part of it between dashes. */
const KINDS = [/message|profile/, /list/, /compose|comment|posts/, /negative/];

interface Case {
  name: string;
  url: string;
  expected?: PageReport;
}

const folders = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const files = new Map(folders.map((folder) => [folder, readdirSync(join(CASES, folder))]));

const casesOf = (folder: string): Case[] =>
  (files.get(folder) ?? [])
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ name: file, ...JSON.parse(readFileSync(join(CASES, folder, file), 'utf8')) }));

/** This month and this day, wherever it is latest. */
const latest = new Date(Date.now() + 14 * 3_600_000).toISOString();

/** In place of a month: nobody has seen it work. */
const GUESS = 'guess';
/** Of one part of a recipe, the entries that name when they were last seen to work. */
const datedOf = (part: unknown): Dated[] =>
  (Array.isArray(part) ? part : []).filter((one): one is Dated =>
    v.is(v.looseObject({ selector: v.string(), seen: v.string() }), one),
  );
const datedIn = (recipe: Recipe): Dated[] => Object.values(recipe).flatMap(datedOf);
const ageOf = ({ seen }: Dated): string => (seen === GUESS ? '' : seen);

test('the registry has every site, once, under its file’s name', () => {
  const named = readdirSync(SITES)
    .filter((file) => file !== 'index.ts')
    .map((file) => file.replace(/\.ts$/, ''));
  expect(recipes.map(({ id }) => id).toSorted()).toEqual(named.toSorted());
});

test('servers know each version that is shipped', () => {
  const unknown = recipes.filter(({ id, version }) => !SHIPPED_RECIPES[id]?.includes(version));
  const where = 'each goes into server/routes/shipped-recipes.ts, after those that were shipped before';
  expect(
    unknown.map(({ id, version }) => `${id}: ${version}`),
    where,
  ).toEqual([]);
});

test('no host belongs to two sites', () => {
  const hosts = recipes.flatMap((recipe) => recipe.hosts);
  expect(hosts.filter((host, n) => hosts.indexOf(host) !== n)).toEqual([]);
});

test('those known by their marks come last', () => {
  const byHost = recipes.map(({ hosts }) => hosts.length > 0);
  expect(byHost.lastIndexOf(true)).toBeLessThan(byHost.includes(false) ? byHost.indexOf(false) : 999);
});

describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', (id, recipe) => {
  test('is as the schema has it, and names nothing more', () => {
    expect(v.parse(Recipe, recipe)).toEqual(recipe);
  });

  test('was seen to work in the past', () => {
    expect(String(recipe.version).slice(0, 8) <= latest.slice(0, 10).replaceAll('-', '')).toBe(true);
    expect(datedIn(recipe).length).toBeGreaterThan(0);
    const dates = datedIn(recipe).filter(({ seen }) => seen !== GUESS);
    expect(dates.filter(({ seen }) => seen > latest.slice(0, 7))).toEqual([]);
  });

  test('has the newest selectors first, and those that are guessed last', () => {
    const lists = Object.entries(recipe).map(([part, list]) => [part, datedOf(list).map(ageOf)] as const);
    const mixed = lists.filter(([, ages]) => ages.some((age, n) => age > (ages[n - 1] ?? age)));
    expect(mixed).toEqual([]);
  });

  test('has a message or profile, a list, one that is being written or commented on, and a negative', () => {
    const parts = (files.get(id) ?? []).flatMap((file) => file.replace(/\.\w+$/, '').split('-'));
    const lacking = KINDS.filter(
      (kind) => !parts.some((part) => new RegExp(`^(?:${kind.source})$`).test(part)),
    );
    expect(lacking.map(({ source }) => source)).toEqual([]);
  });

  // That each can be missed is seen in a browser: `test/detect/expectations.test.ts`.
  test('says what it must find where', () => {
    expect(recipe.expects?.length).toBeGreaterThan(0);
  });

  test('finds what it expects in one of its cases', () => {
    const found = casesOf(id).filter(({ expected }) => expected?.site === id && expected.recipe === 'found');
    const never = (recipe.expects ?? []).filter(
      ({ where }) => !found.some(({ url }) => where.some((pattern) => fits(pattern, url))),
    );
    expect(never).toEqual([]);
  });

  test('some of its cases are its own', () => {
    expect(casesOf(id).filter(({ expected }) => expected?.site === id).length).toBeGreaterThan(1);
  });
});

test('every page has its expectation, and the other way round', () => {
  const alone = [...files].flatMap(([folder, names]) =>
    names.flatMap((name) => {
      const other = name.endsWith('.html') ? name.replace(/html$/, 'json') : name.replace(/json$/, 'html');
      return other !== name && names.includes(other) ? [] : [`${folder}/${name}`];
    }),
  );
  expect(alone).toEqual([]);
  const empty = folders.flatMap((folder) => casesOf(folder).filter(({ url, expected }) => !url || !expected));
  expect(empty.map(({ name }) => name)).toEqual([]);
});

test(`there are at least ${LEAST} cases of our own`, () => {
  expect(folders.flatMap((folder) => casesOf(folder)).length).toBeGreaterThanOrEqual(LEAST);
});

test('the general engine has its cases too', () => {
  for (const kind of ['message', 'list', 'negative']) {
    expect(existsSync(join(CASES, 'general', `${kind}.html`)), kind).toBe(true);
  }
});

test('the people in the pages are invented: their addresses lead nowhere', () => {
  const real = [...files].flatMap(([folder, names]) =>
    names.flatMap((name) => {
      // What looks like an address and is none has to look so.
      if (name.startsWith('hostile')) return [];
      const text = readFileSync(join(CASES, folder, name), 'utf8');
      const found = [...text.matchAll(/[\w.+-]+@((?:[a-z\d-]+\.)+[a-z]{2,})\b/gi)];
      const led = found.filter(([, host = '']) => !/(?:^|\.)example\.\w+$/.test(host) && parse(host).isIcann);
      return led.map(([address]) => `${folder}/${name}: ${address}`);
    }),
  );
  expect(real).toEqual([]);
});
