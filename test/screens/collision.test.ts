import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';
import { ann } from './people.ts';
import { id } from './world.ts';

let screens: Screens;
let page: Page;
beforeAll(async () => {
  screens = await openScreens();
  page = await screens.open('panel');
});
afterAll(() => screens.close());
beforeEach(() => page.evaluate('gallery.written.length = 0'));

const { contactId } = ann;
const alerts = () => page.locator('main .alert');
const alert = (words: string) => alerts().filter({ hasText: words });
const press = (within: ReturnType<typeof alert>, name: string) =>
  within.getByRole('button', { name, exact: true }).click();
/** The field of this label has the focus. */
const focused = (label: string) =>
  page.waitForFunction(
    (name) =>
      [...((document.activeElement as HTMLInputElement).labels ?? [])].some((one) =>
        one.textContent.includes(name),
      ),
    label,
  );
const written = () =>
  page.evaluate<{ kind: string; payload: object }[]>(
    'gallery.written.map(({ kind, payload }) => ({ kind, payload }))',
  );

test('what is in the way says what, who and when, the gravest first', async () => {
  await show(page, 'inTheWay');
  const said = await alerts().allInnerTexts();
  expect(said.map((one) => one.split('\n')[0])).toEqual([
    expect.stringMatching(
      /^There is an open complaint, noted by Mia Sørensen .*“The trackers lose the route”$/,
    ),
    expect.stringMatching(/^Marketing writes to Ann Lee .*“Save 15% on every depot”$/),
    expect.stringMatching(/^Mia Sørensen has a deal in hand, .*“Pilot in two depots”$/),
  ]);
});

test('to whoever is of the other team, the conversation and the owner are in the way', async () => {
  await show(page, 'inTheWayOfMarketing');
  const said = (await alerts().allInnerTexts()).join('\n');
  expect(said).toContain('Raj Patel is in conversation with them');
  expect(said).toContain('Raj Patel looks after them.');
});

test('a rep asks to keep a contact out of a campaign with two clicks', async () => {
  await show(page, 'inTheWay');
  const one = alert('Marketing writes to');
  await press(one, 'Keep them out');
  await press(one, 'Ask to keep them out');
  expect(await written()).toEqual([
    { kind: 'hold.ask', payload: { holdId: expect.any(String), contactId, campaignId: id('b1') } },
  ]);
});

test('going ahead takes a reason, and by keyboard alone', async () => {
  await show(page, 'inTheWay');
  const one = alert('There is an open complaint');
  await one.getByRole('button', { name: 'Go ahead' }).focus();
  await page.keyboard.press('Enter');
  expect(await one.getByRole('button', { name: 'Go ahead now' }).isDisabled()).toBe(true);
  await focused('Why all the same?');
  await page.keyboard.type('It is about the complaint.');
  await page.keyboard.press('Enter');
  const payload = { contactId, rule: 'complaint', refId: id('f2'), why: 'It is about the complaint.' };
  expect(await written()).toEqual([
    { kind: 'go-ahead.say', payload: { goAheadId: expect.any(String), ...payload } },
  ]);
});

test('who is asked gets a task, due tomorrow', async () => {
  await show(page, 'inTheWay');
  const one = alert('There is an open complaint');
  await press(one, 'Ask');
  await page.getByLabel('What do you want to ask?').fill('May I write?');
  await press(one, 'Ask now');
  const payload = { contactId, text: 'May I write?', dueOn: '2026-11-23', assigneeId: id('e2') };
  expect(await written()).toEqual([
    { kind: 'task.add', payload: { taskId: expect.any(String), ...payload } },
  ]);
});

test('Escape closes the form, and the way back is where one was', async () => {
  await show(page, 'inTheWay');
  const one = alert('There is an open complaint');
  await press(one, 'Go ahead');
  await focused('Why all the same?');
  await page.keyboard.press('Escape');
  await page.waitForFunction('document.activeElement.textContent === "Ask"');
});

test('who asked is told what became of it', async () => {
  await show(page, 'holdAsked');
  expect(await alert('Asked to keep them out: no answer yet.').count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Keep them out' }).count()).toBe(0);
  await show(page, 'holdRefused');
  expect(await alert('Asked to keep them out: they stay in.').innerText()).toContain(
    '“It is about prices, she asked.”',
  );
  await show(page, 'wentAhead');
  expect(await alert('You went ahead: “She called.”').count()).toBe(1);
});

test('marketing’s lead answers with one click; what is held can be put back', async () => {
  await show(page, 'holdToAnswer');
  const one = alert('Raj Patel asks to keep them out of Save 15% on every depot.');
  expect(await one.innerText()).toContain('“She signs on Friday.”');
  await press(one, 'Keep out');
  const about = { holdId: id('f1'), contactId };
  expect(await written()).toEqual([{ kind: 'hold.answer', payload: { ...about, held: true } }]);
  await show(page, 'holdHeld');
  expect(await alert('Marketing writes to').count()).toBe(0);
  await press(alert('Kept out of Save 15% on every depot'), 'Put back in');
  expect((await written()).at(-1)).toEqual({ kind: 'hold.lift', payload: about });
});

test('what the other team did is good to know, and nothing more', async () => {
  await show(page, 'otherTeam');
  const one = alert('Mia Sørensen was in touch with them');
  expect(await one.getAttribute('class')).toContain('aside');
});
