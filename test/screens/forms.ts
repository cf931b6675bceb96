import type { View } from '../../utils/view.ts';
import { deskViews } from './desk-views.ts';
import type { ScreenName } from './open.ts';
import { type TeamState, teams } from './team-states.ts';
import { views } from './views.ts';
import { id } from './world.ts';

/** A form that takes text, and how one comes to it. */
export interface Form {
  screen: ScreenName;
  view: View | TeamState;
  /** The buttons on the way, by how their names begin. */
  open?: string[];
  /** Chosen in it, by the value of a radio button or an option. */
  choose?: string;
  /** At least so many fields that take text are on the screen then. */
  fields: number;
  /** Fields without which it cannot be sent, by how their labels begin. */
  sent?: Record<string, string>;
  /** ms until what was typed has its effect. */
  rest?: number;
}

const { mail, strangersOnly, unset, nobody, withReasons, preset, handOver, handoverOffered } = views;

/** The team page has the forms of its settings below. */
const TEAM = {
  ...{ screen: 'team' as const, view: teams.teamAdmin },
  sent: {
    ...{ 'Email address': 'noa@northwind.example', 'Days without': '14', 'Domains whose': 'acme.example' },
    ...{ 'Touches, campaigns': '24', 'Contacts that': '24', 'Audit trail': '24', 'Changes for': '90' },
  },
};
/** Finds, after a rest. */
const LOOK_UP = { open: ['Look somebody up'], fields: 1, sent: { 'Look somebody up': 'ann' }, rest: 300 };

/** Every form there is. */
export const FORMS: Record<string, Form> = {
  answer: { screen: 'desk', view: deskViews.desk, fields: 1 },
  propose: {
    ...{ screen: 'desk', view: deskViews.desk, open: ['Propose a stage'], fields: 10 },
    sent: {
      ...{ 'What sales does not': 'Nothing', 'What marketing does not': 'Nothing', 'Done when': 'over' },
    },
  },
  agreement: {
    ...{ screen: 'desk', view: deskViews.deskAgreementFirst, open: ['Propose an agreement'], fields: 13 },
    sent: {
      ...{ 'Sales follows up': '24', Reminded: '4', 'Most leads': '50', 'Quiet days': '7' },
      ...{ 'Leads that marketing': '40', 'Of a hundred': '80', 'Marketing answers': '8' },
      ...{ 'Reason 2': 'Two', 'Reason 3': 'Three', 'Reason 4': 'Four' },
    },
  },
  call: { screen: 'panel', view: mail, open: ['Log a touch'], fields: 2 },
  email: {
    ...{ screen: 'panel', view: mail, open: ['Log a touch'], choose: 'email', fields: 2 },
    sent: { Link: 'https://acme.example/' },
  },
  note: { screen: 'panel', view: mail, open: ['Pin a note'], fields: 1 },
  'note again': { screen: 'panel', view: mail, open: ['Edit'], fields: 1 },
  task: { screen: 'panel', view: mail, open: ['Task'], fields: 1 },
  permission: {
    ...{ screen: 'panel', view: withReasons, open: ['Change whether we may contact them'] },
    ...{ choose: 'denied', fields: 1 },
  },
  'hand over': { screen: 'panel', view: handOver, open: ['Hand over'], choose: id('e1'), fields: 1 },
  'send back': { screen: 'panel', view: handoverOffered, open: ['Send back'], fields: 1 },
  'look-up': { screen: 'panel', view: nobody, ...LOOK_UP },
  newcomer: {
    ...{ screen: 'panel', view: strangersOnly, open: ['Add '], fields: 4 },
    sent: { 'Email address': 'noa@northwind.example' },
  },
  'quick note': { screen: 'popup', view: mail, fields: 1 },
  'look-up in the popup': { screen: 'popup', view: nobody, ...LOOK_UP },
  'sign-in and sites': { screen: 'options', view: unset, fields: 2, sent: { Invitation: 'acme.example' } },
  'sign-in at a server that is set': { screen: 'options', view: preset, fields: 2 },
  invitation: { ...TEAM, open: ['Invite somebody'], fields: 10 },
  member: { ...TEAM, open: ['Change '], fields: 9 },
};

/** What a form is given in one go. */
export interface Order {
  form: Form;
  texts: readonly string[];
  /** Each text goes into every field and is sent, the form opened anew; else each goes into one of the fields. */
  send: boolean;
  /** What a search finds. */
  found: object;
}

/** What stood on the screen in the course of it. */
export interface Outcome {
  /** The most fields that were filled at once. */
  fields: number;
  /** Elements and attributes (`A href`), each once. */
  parts: string[];
  /** Protocols of links. */
  links: string[];
  /** How often a field held a text letter for letter. */
  kept: number;
}

/** Fills the form in the page; runs there, so it uses nothing from outside itself. */
export async function fillForm({ form, texts, send, found }: Order): Promise<Outcome> {
  const { gallery } = globalThis as unknown as {
    gallery: { put(view: View | TeamState): void; find(hits: object[]): void };
  };
  const parts = new Set<string>();
  const links = new Set<string>();
  let [fields, kept] = [0, 0];
  const drawn = () => new Promise((done) => setTimeout(done));
  const look = () => {
    for (const one of document.querySelectorAll('#app *')) {
      parts.add(one.tagName);
      for (const { name } of one.attributes) parts.add(`${one.tagName} ${name}`);
      if (one instanceof HTMLAnchorElement) links.add(one.protocol);
    }
  };
  const nameOf = (one: HTMLElement) => (one.ariaLabel ?? one.textContent ?? '').trim();
  const open = async () => {
    gallery.put(form.view);
    await drawn();
    for (const name of form.open ?? []) {
      [...document.querySelectorAll('button')].find((one) => nameOf(one).startsWith(name))?.click();
      await drawn();
    }
    if (form.choose === undefined) return;
    document.querySelector<HTMLInputElement>(`input[type=radio][value="${form.choose}"]`)?.click();
    for (const select of document.querySelectorAll('select')) {
      if (![...select.options].some(({ value }) => value === form.choose)) continue;
      select.value = form.choose;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
    await drawn();
  };
  const taking = () =>
    [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].filter(
      ({ type }) => /^(?:text|search|url|email|textarea)$/.test(type),
    );
  /** One by one: a form that is not drawn between two knows only the last. */
  const fill = async (textOf: (label: string, nth: number) => string) => {
    const all = taking();
    fields = Math.max(fields, all.length);
    for (const [nth, field] of all.entries()) {
      const text = textOf(nameOf(field.closest('label') ?? field), nth);
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await drawn();
      if (field.isConnected && field.value === text) kept++;
    }
    look();
    return all.length;
  };
  gallery.find([found]);
  if (!send) await open();
  for (let next = 0; !send && next < texts.length; ) {
    const from = next;
    next += Math.max(1, await fill((_, nth) => texts[from + nth] ?? ''));
  }
  for (const text of send ? texts : []) {
    await open();
    await fill(() => text);
    const fixed = Object.entries(form.sent ?? {});
    await fill((label) => fixed.find(([name]) => label.startsWith(name))?.[1] ?? text);
    const ready = document.querySelectorAll<HTMLButtonElement>('button[type=submit]:not(:disabled)');
    for (const button of ready) button.click();
    await drawn();
    await new Promise((done) => setTimeout(done, form.rest ?? 0));
    look();
  }
  return { fields, parts: [...parts].sort(), links: [...links].sort(), kept };
}
