import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Command, CommandOf } from '../../utils/contract/command.ts';
import { agreed } from './agreement-views.ts';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';
import { id } from './world.ts';

let screens: Screens;
let page: Page;
beforeAll(async () => {
  screens = await openScreens();
  page = await screens.open('desk');
});
afterAll(() => screens.close());
beforeEach(() => page.evaluate('gallery.untype(); gallery.forget()'));

const part = () => page.getByRole('region', { name: 'Service agreement' });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const written = async () => (await page.evaluate<Command[]>('gallery.written.splice(0)')).at(-1);
const proposed = async () => (await written()) as CommandOf<'agreement.propose'> | undefined;
const field = (name: string) => part().getByLabel(name);
const day = (name: string) => page.getByRole('group', { name, exact: true });
const alert = () => part().getByRole('alert').innerText();

test('what is in force is told in plain words', async () => {
  await show(page, 'deskAgreement');
  const rows = await part().locator('dl > div').allInnerTexts();
  expect(
    rows.map((row) =>
      row
        .split('\n')
        .filter((words) => words !== '')
        .join(': '),
    ),
  ).toEqual([
    'Sales follows up within: 24 working hours',
    'Time zone: Europe/Berlin',
    'Working time: Mon to Thu 08:30–12:00, 13:00–17:00; Fri 08:30–14:00',
    'Holidays: 24 Dec 2026, 25 Dec 2026, 1 Jan 2027',
    'Handed over in the stages: Marketing qualified',
    'Kinds of lead that are handed over: Any kind of lead',
    'What has to be known before: email address, company',
    'Reminded before the end: 4 working hours',
    'Reasons to send a lead back: Not now, Not our kind of customer, Could not be reached',
    'Most leads handed over in a day: 50',
    'Quiet days between the teams: 7 days',
    'Leads that marketing hands over in a month: 40',
    'Of a hundred leads, so many are not sent back: 70',
  ]);
});

test('who is no lead sees it, and who proposes', async () => {
  await show(page, 'deskAgreementMember');
  expect(await part().innerText()).toContain('Leads propose changes');
  expect(await part().getByRole('button').count()).toBe(0);
  expect(await page.locator('main').innerText()).toContain('A lead of the other team decides.');
});

test('what the other side proposes is shown beside what is, and agreed on', async () => {
  await show(page, 'deskAgreement');
  const proposal = page.locator('.proposal').first();
  expect(await proposal.locator('h3').innerText()).toBe('Service agreement');
  expect(await proposal.locator('dt').allInnerTexts()).toEqual([
    'Sales follows up within',
    'What has to be known before',
    'Reminded before the end',
  ]);
  expect(await proposal.locator('dl > div').last().innerText()).toMatch(
    /Now\s+4 working hours\s+Then\s+8 working hours, 2 working hours/,
  );
  await button('Agree').click();
  expect(await written()).toMatchObject({
    ...{ kind: 'proposal.decide', payload: { proposalId: id('d8'), agree: true } },
  });
  await show(page, 'deskAgreementPassed');
  expect(await button('Agree').isDisabled()).toBe(true);
});

test('without one it is said what that means; the first begins with what is usual, here', async () => {
  await show(page, 'desk');
  expect(await part().innerText()).toContain('leads cannot be handed over until both teams have agreed');
  await button('Propose an agreement').click();
  expect(await field('Time zone').inputValue()).toBe('Europe/Berlin');
  await button('Propose it').click();
  const command = await proposed();
  expect(command).toMatchObject({ kind: 'agreement.propose', baseRevision: 0 });
  expect(command?.payload.draft).toMatchObject({
    ...{ hours: 24, remindHours: [4], perDay: 50, quietDays: 7, marketing: {} },
    reasons: [
      { label: 'Not now' },
      { label: 'Not our kind of customer' },
      { label: 'Could not be reached' },
      { label: 'Wrong contact' },
    ],
  });
  expect(command?.payload.draft.calendar.week.map((shifts) => shifts.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
});

test('a change is proposed with all that stays, and its differences are seen before', async () => {
  await show(page, 'deskAgreement');
  await button('Propose another agreement').click();
  expect(await button('Propose it').isDisabled()).toBe(true);
  await field('Sales follows up within').fill('8');
  await field('Time zone').selectOption('Europe/Oslo');
  await button('Add hours on Saturday').click();
  await day('Saturday').getByLabel('To').fill('00:00');
  await button('Remove the last hours on Monday').click();
  await field('Another holiday').fill('2026-12-31');
  await button('Add the holiday').click();
  await button('Remove 25 Dec 2026').click();
  await part().getByRole('checkbox', { name: 'Sales qualified' }).check();
  await part().getByRole('checkbox', { name: 'company' }).uncheck();
  await button('Add a reason').click();
  await page.locator('input:focus').fill('Has left');
  await button('Remove Not now').click();
  await field('Of a hundred leads').fill('');
  await field('Why (for the other team)').fill('Shorter and better.');
  const dialog = part().locator('form dt');
  expect(await dialog.allInnerTexts()).toEqual([
    'Sales follows up within',
    'Time zone',
    'Working time',
    'Holidays',
    'Handed over in the stages',
    'What has to be known before',
    'Reasons to send a lead back',
    'Of a hundred leads, so many are not sent back',
  ]);
  await button('Propose it').click();
  const command = await proposed();
  expect(command?.baseRevision).toBe(2);
  expect(command?.payload.words).toBe('Shorter and better.');
  const { since: _, revision: __, ...draft } = agreed;
  const [, fit, reach] = agreed.reasons;
  const [monday, ...rest] = agreed.calendar.week.slice(0, 5);
  expect(command?.payload.draft).toEqual({
    ...draft,
    hours: 8,
    calendar: {
      zone: 'Europe/Oslo',
      week: [monday?.slice(0, 1), ...rest, [{ from: '09:00', to: '24:00' }], []],
      holidays: ['2026-12-24', '2026-12-31', '2027-01-01'],
    },
    criteria: { ...draft.criteria, stageIds: [id('53'), id('54')], needs: ['email'] },
    reasons: [fit, reach, { id: expect.any(String), label: 'Has left' }],
    marketing: { leads: 40 },
  });
  // Where one stands is where one was.
  const opener = button('Propose another agreement');
  expect(await opener.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('every problem is told beside its field, and nothing is sent', async () => {
  await show(page, 'deskAgreement');
  await button('Propose another agreement').click();
  await field('Sales follows up within').fill('soon');
  await field('Reminded before the end').fill('4, x');
  await button('Add hours on Saturday').click();
  await day('Saturday').getByLabel('From').fill('18:00');
  await button('Add a reason').click();
  const says = (name: string) =>
    field(name).evaluate(
      (one) => document.getElementById(one.getAttribute('aria-describedby') ?? '')?.innerText,
    );
  expect(await says('Sales follows up within')).toBe('A whole number from 1 to 400.');
  expect(await field('Sales follows up within').getAttribute('aria-invalid')).toBe('true');
  expect(await says('Reminded before the end')).toBe('A whole number from 1 to 400.');
  expect(await day('Saturday').innerText()).toContain('The end has to come after the beginning.');
  expect(await part().innerText()).toContain('A reason has no words yet.');
  expect(await alert()).toBe(
    'Not right yet: Sales follows up within, Working time, Reminded before the end, Reasons to send a lead back.',
  );
  expect(await button('Propose it').isDisabled()).toBe(true);
  await field('Sales follows up within').fill('4');
  await field('Reminded before the end').fill('4');
  expect(await says('Reminded before the end')).toContain('A reminder would come before the clock begins.');
});

test('nobody can be given a week without work', async () => {
  await show(page, 'deskAgreement');
  await button('Propose another agreement').click();
  for (const name of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
    const remove = button(`Remove the last hours on ${name}`);
    while (await remove.isEnabled()) await remove.click();
  }
  expect(await page.getByRole('group', { name: 'Working time' }).innerText()).toContain(
    'Nobody works on any day',
  );
  expect(await button('Propose it').isDisabled()).toBe(true);
});

test('what was half typed is there when the desk is opened anew', async () => {
  await show(page, 'deskAgreement');
  await button('Propose another agreement').click();
  await field('Sales follows up within').fill('9');
  await button('Add a reason').click();
  await page.locator('input:focus').fill('Has left');
  await show(page, 'deskAgreement');
  expect(await field('Sales follows up within').inputValue()).toBe('9');
  expect(await field('Reason 4').inputValue()).toBe('Has left');
});

test('what was refused is told, and goes back into its form', async () => {
  await show(page, 'deskAgreementRefused');
  expect(await page.locator('.notices').innerText()).toContain(
    'The proposal about “Service agreement” was not taken. It contradicts itself or another one. Nobody works on any day',
  );
  await button('Mend it').click();
  expect(await field('Sales follows up within').inputValue()).toBe('16');
  expect(await field('Why (for the other team)').inputValue()).toBe('Rest for all.');
  expect(await part().innerText()).toContain('Nobody works on any day');
});
