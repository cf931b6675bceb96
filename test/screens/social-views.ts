import { identifyContact } from '../../utils/commands.ts';
import type { View } from '../../utils/view.ts';
import { ann, annCard, marco, renamed } from './people.ts';
import { before, calm, id } from './world.ts';

const page = { ...calm.page, host: 'www.linkedin.com', site: 'LinkedIn' };
const MEMBER = 'linkedin:in/ACwAAAEfAbCdEfGhIjKlMnOpQrStUvWxYz012345';
const guessed = {
  ...{ ...ann, by: 'name' as const, matched: 'Ann Lee', name: 'Ann Lee' },
  ...{ role: 'profile' as const, confirm: ['linkedin:in/ann-lee-operations-rotterdam', MEMBER] },
};
const confirmed = {
  linkedin: 'in/ann-lee-operations-rotterdam',
  x: 'annlee',
  profiles: [
    'linkedin:in/acwaaaefabcdefghijklmnopqrstuvwxyz012345',
    'github:annlee',
    'profile:mastodon.example/@ann',
    'profile:xing.com/profile/ann_lee',
  ],
};
const command = identifyContact({ contactId: ann.contactId, key: guessed.confirm[0] ?? '', theirs: true });

/** A profile that may be somebody's, and profiles that are. */
export const socialViews = {
  probably: { ...calm, page, people: [guessed] },
  claimed: {
    ...{ ...calm, page: { ...page, host: 'github.com', site: 'GitHub' } },
    people: [
      {
        ...{ ...guessed, by: 'claim', matched: 'linkedin.com/in/ann-lee-operations-rotterdam' },
        ...{ name: 'Mallory', confirm: ['github:mallory'], marks: ['github:mallory'] },
      },
    ],
  },
  claimedOnly: {
    ...{ ...calm, page: { ...page, host: 'social.example' } },
    people: [{ ...ann, by: 'claim', matched: 'other.example/@ann', marks: ['@social.example'] }],
  },
  probablyAnother: {
    ...{ ...calm, page },
    people: [
      { ...guessed, card: { ...annCard, contact: { ...annCard.contact, linkedin: 'in/ann-lee-1' } } },
      { ...marco, confirm: ['x:marco'], by: 'name' },
    ],
  },
  probablyLong: {
    ...{ ...calm, page },
    people: [
      {
        ...renamed(guessed, 'Maximiliane-Theodora Prinzessin von und zu Hohenlohe-Schillingsfürst', '', ''),
        confirm: ['linkedin:in/maximiliane-theodora-prinzessin-von-und-zu-hohenlohe-schillingsfuerst-1a2b3c'],
      },
    ],
  },
  probablyRtl: {
    ...{ ...calm, page },
    people: [
      {
        ...renamed(guessed, 'נועה בן־דוד', 'מנהלת תפעול', 'לוגיסטיקה'),
        confirm: ['linkedin:in/נועה-בן-דוד'],
      },
    ],
  },
  profiles: {
    ...{ ...calm, page },
    people: [
      {
        ...{ ...ann, by: 'profile', matched: 'linkedin.com/in/ann-lee-operations-rotterdam' },
        card: {
          ...annCard,
          contact: {
            ...{ ...annCard.contact, ...confirmed },
            provenance: {
              ...annCard.contact.provenance,
              'linkedin:in/ann-lee-operations-rotterdam': {
                ...{ source: 'truce', at: before({ days: 2 }), by: id('e1') },
              },
              'github:annlee': { source: 'truce', at: before({ hours: 0 }), by: id('e2') },
            },
          },
        },
      },
    ],
  },
  profileStranger: {
    ...{ ...calm, page },
    strangers: [
      {
        ...{ address: 'linkedin.com/in/jo-quill-rotterdam', profile: 'linkedin:in/jo-quill-rotterdam' },
        ...{ name: 'Jo Quill', role: 'profile', focus: true },
      },
    ],
  },
  socialClosed: {
    ...calm,
    page: { tabId: 1, host: 'www.linkedin.com', state: 'closed', social: 'LinkedIn' },
  },
  profileTaken: {
    ...calm,
    page,
    refused: [{ command, who: 'Ann Lee', reason: 'taken', contactIds: [marco.contactId] }],
  },
  profileWaits: { ...calm, page, people: [ann], waiting: 1, outbox: [{ command, who: 'Ann Lee' }] },
} satisfies Record<string, View>;
