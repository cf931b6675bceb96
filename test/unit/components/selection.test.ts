import { describe, expect, test } from 'vitest';
import { aboutOf, follow, personOf, targetFor } from '../../../utils/selection.ts';
import type { View } from '../../../utils/view.ts';
import { ann, marco } from '../../screens/people.ts';
import { calm } from '../../screens/world.ts';

const stranger = { address: 'jo@elsewhere.example', role: 'sender' as const, focus: true };
const mail: View = { ...calm, people: [ann, marco], strangers: [{ ...stranger, focus: false }] };
const other: View = { ...calm, people: [{ ...marco, focus: true }] };

describe('follow', () => {
  test('shows whom the page is about', () => {
    expect(follow(undefined, undefined, mail).target).toEqual(targetFor(ann));
  });

  test('keeps a choice while the page is about the same, and drops it with the next mail', () => {
    const chosen = { target: targetFor(marco), about: aboutOf(mail) };
    expect(follow(chosen, undefined, { ...mail, waiting: 3 }).target).toEqual(targetFor(marco));
    const next: View = { ...calm, people: [{ ...ann, matched: 'ann@home.example' }, marco] };
    expect(follow(chosen, undefined, next).target).toMatchObject({ contactId: ann.contactId });
  });

  test('a sender who is not known is not mistaken for a recipient who is', () => {
    const view: View = { ...calm, people: [marco], strangers: [stranger] };
    expect(follow(undefined, undefined, view).target).toBe('strangers');
  });

  test('a stranger who turns out to be known is shown at once', () => {
    const before: View = { ...calm, strangers: [{ ...stranger, address: ann.matched }, stranger] };
    const last = follow(undefined, undefined, before);
    expect(last.target).toBe('strangers');
    expect(follow(undefined, last, mail).target).toEqual(targetFor(ann));
  });

  test('another order of the people changes nothing', () => {
    const list: View = { ...calm, people: [{ ...ann, focus: false }, marco] };
    const last = follow(undefined, undefined, list);
    expect(follow(undefined, last, { ...list, people: [...list.people].reverse() }).target).toEqual(
      last.target,
    );
  });

  test('nobody on the page is nobody', () => {
    expect(follow(undefined, follow(undefined, undefined, other), calm).target).toBeUndefined();
  });
});

test('a contact is found again when its id becomes known', () => {
  const target = targetFor({ ...ann, contactId: `email:${ann.matched}` });
  expect(personOf(mail, target)?.contactId).toBe(ann.contactId);
});
