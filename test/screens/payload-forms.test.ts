import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAYLOADS } from '../fixtures/payloads.ts';
import { some } from '../series.ts';
import { FORMS, type Form, fillForm, type Outcome } from './forms.ts';
import { openScreens, type Screens } from './open.ts';
import { openWatched, poison } from './poison.ts';
import { id } from './world.ts';

/** 200 texts that would be scripts elsewhere, typed and sent in every form that takes text. */
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterAll(() => screens.close());

/** What may be typed without harm, and brings out all that a form is made of. */
const WORDS = ['plain words', 'https://acme.example/', 'noa@northwind.example', '12', ''];

const TRIED = some(PAYLOADS, 60);
/** Twenty to a field: sending and opening anew takes its time. */
const SENT = Array.from({ length: TRIED.length / 20 }, (_, nth) =>
  TRIED.slice(nth * 20, nth * 20 + 20).join(' '),
);

test.each(Object.entries(FORMS))('%s takes each and says it again as text', async (_, form) => {
  const { page, wrong } = await openWatched(screens, form.screen);
  const fill = (given: Form, texts: readonly string[], send: boolean): Promise<Outcome> => {
    const [words = ''] = texts;
    const hit = { name: `ann ${words}`, title: words, company: words, email: words };
    return page.evaluate(fillForm, { form: given, texts, send, found: { id: id('a1'), ...hit } });
  };
  const sendEach = async (texts: readonly string[]) => {
    const all: Outcome[] = [];
    for (const text of texts) all.push(await fill({ ...form, view: poison(form.view, text) }, [text], true));
    return all;
  };
  const harmless = [await fill(form, WORDS, false), ...(await sendEach(WORDS))];
  const parts = new Set(harmless.flatMap((each) => each.parts));
  const typed = await fill(form, TRIED, false);
  expect(typed.fields).toBe(form.fields);
  // Letter for letter, except where line ends become what a field can hold.
  expect(typed.kept).toBeGreaterThan(0.9 * TRIED.length);
  for (const { parts: found, links } of [typed, ...(await sendEach(SENT))]) {
    expect(found.filter((part) => !parts.has(part))).toEqual([]);
    expect(links.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
  }
  expect(await wrong()).toEqual([]);
});
