import { expect, test } from 'vitest';
import { addContact, identifyContact } from '../../../utils/commands.ts';
import { isProfile, profilesOf, shownProfile, withProfiles } from '../../../utils/contract/profiles.ts';
import { keysOf } from '../../../utils/replica/keys.ts';
import { overlay } from '../../../utils/replica/overlay.ts';
import { cardOf, idOf, rita } from './samples.ts';

const contactId = idOf(1);
const ann = cardOf(contactId, 'Ann Lee', 'ann@acme.example', {});
const say = (key: string, theirs = true) =>
  identifyContact({ contactId, key, theirs }, new Date('2026-03-02T10:00:00Z'));

test('profiles that wait are on the card, by whom they were said, and found by', () => {
  const commands = ['x:annlee', 'linkedin:in/ann', 'linkedin:in/ann-2', 'github:annlee'].map((key) =>
    say(key),
  );
  const { card, waiting } = overlay(ann, commands, rita);
  expect(card?.contact).toMatchObject({
    ...{ linkedin: 'in/ann', x: 'annlee', profiles: ['linkedin:in/ann-2', 'github:annlee'] },
    provenance: { 'x:annlee': { source: 'truce', by: rita.id, at: '2026-03-02T10:00:00.000Z' } },
  });
  expect(waiting).toEqual(['contact']);
  expect(card && keysOf(card, undefined)).toEqual(
    expect.arrayContaining(['linkedin:in/ann-2', 'github:annlee']),
  );
  expect(ann.contact.x).toBeUndefined();
});

test('taken back, the next of the network is the first; what a source told stays', () => {
  const there = { ...ann, contact: { ...ann.contact, linkedin: 'in/by-crm' } };
  const said = [
    say('linkedin:in/ann'),
    say('x:annlee'),
    say('x:annlee', false),
    say('linkedin:in/by-crm', false),
  ];
  const { card } = overlay(there, said, rita);
  expect(card?.contact).toMatchObject({ linkedin: 'in/by-crm', profiles: ['linkedin:in/ann'] });
  expect(card?.contact.x).toBeUndefined();
  expect(Object.keys(card?.contact.provenance ?? {})).not.toContain('x:annlee');
});

test('said twice, or by a card that has it by now, it is there once and as it was', () => {
  const once = overlay(ann, [say('github:annlee')], rita).card;
  const twice = overlay(once, [say('github:annlee')], undefined).card;
  expect(twice?.contact).toEqual(once?.contact);
});

test('somebody who is being added has the profile they were added with', () => {
  const command = addContact({ name: 'Jo', linkedin: 'in/jo', profile: 'https://mastodon.example/@Jo' });
  expect(overlay(undefined, [command], rita).card?.contact).toMatchObject({
    ...{ linkedin: 'in/jo', profiles: ['profile:mastodon.example/@jo'] },
  });
});

test('as people read them', () => {
  const keys = ['linkedin:in/ann', 'x:annlee', 'github:annlee', 'profile:xing.com/profile/ann_lee'];
  expect(keys.map(shownProfile)).toEqual([
    ...['linkedin.com/in/ann', '@annlee', 'github.com/annlee', 'xing.com/profile/ann_lee'],
  ]);
  expect(keys.every(isProfile)).toBe(true);
  expect(['email:a@b.example', 'name:a b|c', 'domain:c.example'].some(isProfile)).toBe(false);
  expect(profilesOf(withProfiles(keys))).toEqual(keys);
});
