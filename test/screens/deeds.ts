import type { Page } from 'playwright-core';
import type { Deed } from './deed.ts';
import { deskDeeds } from './desk-deeds.ts';
import { teamDeeds } from './team-deeds.ts';

export const deeds: Record<string, Deed> = {
  touchForm: { screen: 'panel', view: 'mail', steps: [{ click: 'Log a touch' }] },
  emailForm: {
    screen: 'panel',
    view: 'mail',
    steps: [{ click: 'Log a touch' }, { pick: 'Email' }, { type: 'not a link', into: 'Link' }],
  },
  noteForm: { screen: 'panel', view: 'mail', steps: [{ click: 'Pin a note' }] },
  noteFailed: {
    screen: 'panel',
    view: 'mail',
    steps: [{ click: 'Pin a note' }, { type: 'fail!', into: 'Note' }, { click: 'Pin a note' }],
  },
  notePinned: {
    screen: 'panel',
    view: 'mail',
    steps: [{ click: 'Pin a note' }, { type: 'Call after four.', into: 'Note' }, { click: 'Pin a note' }],
  },
  taskForm: { screen: 'panel', view: 'mail', steps: [{ click: 'Task' }] },
  stageForm: { screen: 'panel', view: 'mail', steps: [{ click: 'Change stage or owner' }] },
  stageReason: {
    screen: 'panel',
    view: 'mail',
    steps: [{ click: 'Change stage or owner' }, { choose: 'Opportunity', of: 'Stage' }],
  },
  stageUnfolded: { screen: 'panel', view: 'mail', steps: [{ unfold: 'What this stage means' }] },
  stageUnfoldedMarketing: { screen: 'panel', view: 'lead', steps: [{ unfold: 'What this stage means' }] },
  stageUnfoldedLong: { screen: 'panel', view: 'longStage', steps: [{ unfold: 'What this stage means' }] },
  permissionForm: {
    screen: 'panel',
    view: 'withReasons',
    steps: [{ click: 'Change whether we may contact them' }],
  },
  offerForm: { screen: 'panel', view: 'handOver', steps: [{ click: 'Hand over to sales' }] },
  offerUnmet: { screen: 'panel', view: 'handOverUnmet', steps: [{ click: 'Hand over to sales' }] },
  sendBack: { screen: 'panel', view: 'handoverOffered', steps: [{ click: 'Send back' }] },
  passOn: { screen: 'panel', view: 'handoverOffered', steps: [{ click: 'Pass on' }] },
  eraseForm: { screen: 'panel', view: 'lead', steps: [{ click: 'Erase…' }] },
  noteEdit: { screen: 'panel', view: 'mail', steps: [{ click: 'Edit' }] },
  unfolded: {
    screen: 'panel',
    view: 'mail',
    steps: [{ click: 'all 3' }, { click: 'all 5' }, { click: 'other people' }],
  },
  lookedUp: {
    screen: 'panel',
    view: 'nobody',
    steps: [{ click: 'Look somebody up' }, { type: 'ann', into: 'Look somebody up' }],
  },
  halfAddress: {
    screen: 'panel',
    view: 'nobody',
    steps: [{ click: 'Look somebody up' }, { type: 'jo@else', into: 'Look somebody up' }],
  },
  foundNobody: {
    screen: 'panel',
    view: 'nobody',
    steps: [{ click: 'Look somebody up' }, { type: 'Zoltan', into: 'Look somebody up' }],
  },
  addStranger: { screen: 'panel', view: 'strangersOnly', steps: [{ click: 'Add Jo Quill' }] },
  popupNote: {
    screen: 'popup',
    view: 'mail',
    steps: [{ type: 'Call after four.', into: 'Note for Ann Lee' }],
  },
  popupLookup: {
    screen: 'popup',
    view: 'nobody',
    steps: [{ click: 'Look somebody up' }, { type: 'ann', into: 'Look somebody up' }],
  },
  badServer: {
    screen: 'options',
    view: 'unset',
    steps: [{ type: 'ftp://truce', into: 'Invitation link or server address' }, { click: 'Sign in' }],
  },
  deadServer: {
    screen: 'options',
    view: 'unset',
    steps: [{ type: 'truce.acme.example', into: 'Invitation link or server address' }, { click: 'Sign in' }],
  },
  ...teamDeeds,
  ...deskDeeds,
};

/** The first that is to be seen: others lie in what is folded. */
const summary = (page: Page, text: string) =>
  page.locator('summary').filter({ hasText: text, visible: true }).first();

/** Brings a page of the right screen into the state. */
export async function perform(page: Page, deed: Deed): Promise<void> {
  // What another deed has typed would open its form.
  await page.evaluate('gallery.untype(); gallery.forget()');
  await show(page, deed.view);
  for (const step of deed.steps) {
    if ('click' in step) await page.getByRole('button', { name: step.click, exact: true }).first().click();
    else if ('unfold' in step) await summary(page, step.unfold).click();
    else if ('choose' in step) await page.getByRole('combobox', { name: step.of }).selectOption(step.choose);
    else if ('pick' in step) await page.getByRole('radio', { name: step.pick }).check();
    else await page.getByLabel(step.into).first().fill(step.type);
  }
  // The look-up waits for the typing to rest; all else is there after a frame or two.
  const looks = deed.steps.some((step) => 'into' in step && step.into === 'Look somebody up');
  await page.waitForTimeout(looks ? 400 : 40);
}

export const show = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(`gallery.show(${JSON.stringify(name)})`);
