import { pinNote } from '../../utils/commands.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { collisionViews } from './collision-views.ts';
import { handoverViews } from './handover-views.ts';
import { matchViews } from './match-views.ts';
import { outboxViews, written } from './outbox-views.ts';
import { ann, annCard, marco, renamed } from './people.ts';
import { signIns } from './sign-ins.ts';
import { socialViews } from './social-views.ts';
import { stageViews } from './stage-views.ts';
import { before, calm, id, NOW } from './world.ts';

const mail: View = {
  ...calm,
  people: [ann, marco],
  strangers: [
    { address: 'jo@elsewhere.example', name: 'Jo Quill', role: 'recipient', focus: false },
    { address: 'list@depots.example', role: 'mentioned', focus: false },
  ],
};

const { card: _card, company: _company, cardAt: _cardAt, ...bare } = ann;
const offline = { ...calm.connection, state: 'offline' as const, inStepAt: NOW - 3 * 3_600_000 };
const away: View = {
  ...mail,
  connection: offline,
  people: mail.people.map((one) => ({ ...one, cardAt: offline.inStepAt })),
};
const gone = { server: 'https://truce.acme.example', workspace: 'Northwind' };
const about = { contactId: ann.contactId };
const contact = annCard.contact;

/** The next stage, and another owner: what `written` has waiting, and what a colleague does. */
const further = { ...annCard, contact: { ...contact, stageId: id('55'), ownerId: id('e2') } };
const movedOn = (one: KnownPerson): KnownPerson => ({ ...one, waiting: ['contact'], card: further });

/** Somebody said no, then yes to mails, and no again on the phone. */
const said = {
  doNotContact: true,
  consent: 'granted',
  provenance: {
    ...contact.provenance,
    doNotContact: {
      ...{ source: 'truce', at: before({ days: 2 }), by: id('e1') },
      reason: 'Said on the phone that nobody should write or call.',
    },
    consent: {
      ...{ source: 'mailchimp', at: before({ days: 30 }) },
      before: [
        { value: 'denied', source: 'truce', at: before({ days: 90 }), by: id('e2'), reason: 'By letter.' },
      ],
    },
  },
} satisfies Partial<typeof contact>;

const words = {
  ...{ id: id('99'), pinned: true, authorId: id('e2'), at: before({ hours: 0 }), revision: 1 },
  text: 'Somebody else’s words, which are many. '.repeat(7),
};
const fresher = {
  ...renamed(ann, 'Ann Lee-Miller', 'Chief Operations Officer and Deputy Chair', 'Acme Logistics and Sons'),
  card: {
    ...annCard,
    contact: {
      ...annCard.contact,
      ...{
        name: 'Ann Lee-Miller',
        stageId: id('56'),
        ownerId: id('e2'),
        doNotContact: false,
        consent: 'granted',
      },
    },
    touches: [
      {
        ...{
          id: id('79'),
          kind: 'call',
          direction: 'out',
          team: 'marketing',
          memberId: id('e2'),
          source: 'truce',
        },
        ...{
          at: before({ hours: 0 }),
          subject: 'Keys',
          excerpt: 'A longer story of what was said. '.repeat(9),
        },
      },
      ...annCard.touches,
    ],
    memberships: annCard.memberships.slice(1),
    notes: [
      words,
      ...annCard.notes.map((note) =>
        note.id === id('91') ? { ...note, text: 'Board decides in January.' } : note,
      ),
    ],
    tasks: [],
  },
} satisfies KnownPerson;

/** Every state of a screen that the background can bring about, by name. */
export const views = {
  ...outboxViews(mail, away),
  ...handoverViews(mail),
  ...collisionViews(mail),
  mail,
  nobody: calm,
  blank: { ...calm, page: { state: 'blank' } },
  closed: { ...calm, page: { tabId: 1, host: 'mail.google.com', state: 'closed' } },
  closedUnnamed: { ...calm, page: { tabId: 1, state: 'closed' } },
  reading: { ...calm, page: { tabId: 1, host: 'mail.google.com', state: 'reading' } },
  missed: { ...calm, page: { ...calm.page, state: 'missed' } },
  missedWithPeople: { ...mail, page: { ...calm.page, state: 'missed', missed: 'compose' } },
  siteStale: { ...calm, page: { ...calm.page, state: 'missed', missed: 'message', stale: 'told' } },
  siteStaleWithPeople: { ...mail, page: { ...calm.page, state: 'missed', missed: 'list', stale: 'stale' } },
  strangersOnly: { ...mail, people: [], strangers: mail.strangers.map((one) => ({ ...one, focus: true })) },
  loading: { ...mail, people: [{ ...bare, contactId: 'email:ann.lee@acme.example' }, marco] },
  offline: {
    ...away,
    people: away.people.map((one) => (one.contactId === ann.contactId ? movedOn(one) : one)),
    waiting: 1,
    outbox: written({ hours: 2 }).slice(1, 2),
  },
  // Of somebody who has been shown: another value for each, of which some need more room and some less.
  fresher: {
    ...mail,
    people: [fresher, marco],
  },
  // A colleague has moved her on this moment.
  live: {
    ...mail,
    connection: { ...calm.connection, inStepAt: NOW - 1000 },
    people: [{ ...ann, card: further }, marco],
  },
  longer: {
    ...mail,
    people: [{ ...ann, card: { ...annCard, notes: [words, ...annCard.notes] } }, marco],
  },
  stale: { ...mail, connection: { ...calm.connection, inStepAt: NOW - 40 * 60_000 } },
  offlineNoCopy: {
    ...mail,
    connection: offline,
    people: [{ ...bare, contactId: 'email:ann.lee@acme.example' }],
  },
  neverInStep: {
    ...mail,
    people: [],
    connection: { state: 'offline', server: 'https://truce.acme.example' },
  },
  connecting: { ...mail, connection: { ...calm.connection, state: 'connecting' } },
  denied: { ...mail, connection: { ...calm.connection, state: 'denied' } },
  signedOut: { ...calm, connection: { ...gone, state: 'signed-out', reason: 'admin' } },
  signedOutTheft: { ...calm, waiting: 2, connection: { ...gone, state: 'signed-out', reason: 'reuse' } },
  removed: { ...calm, connection: { ...gone, state: 'removed' } },
  locked: {
    ...calm,
    connection: { ...calm.connection, ...{ state: 'locked', lockDays: 14, inStepAt: NOW - 15 * 86_400_000 } },
  },
  viewer: {
    ...mail,
    members: mail.members.map((one) => ({ ...one, role: 'viewer' as const })),
  },
  rtlMe: {
    ...mail,
    connection: { ...calm.connection, workspace: 'לוגיסטיקה בע״מ' },
    members: mail.members.map((one) => ({ ...one, name: 'נועה בן־דוד' })),
  },
  ...signIns,
  ...matchViews(mail),
  othersWait: { ...mail, waiting: 1, others: 2 },
  strange: { ...mail, connection: { ...calm.connection, state: 'strange' } },
  unset: { ...calm, connection: { state: 'unset' } },
  storageRefused: { ...mail, storage: 'refused' },
  storageFull: { ...mail, storage: 'full' },
  unreadable: { ...mail, people: [{ ...ann, unreadable: true }] },
  suggestion: {
    ...mail,
    people: [
      { ...ann, by: 'name', matched: 'Ann Lee, Acme Logistics', name: 'A. Lee', marks: ['@fair.example'] },
    ],
  },
  ...socialViews,
  shared: { ...mail, people: [{ ...ann, others: [id('a2'), id('a3')] }] },
  doNotContact: {
    ...mail,
    people: [{ ...ann, card: { ...annCard, contact: { ...contact, doNotContact: true } } }],
  },
  noConsent: {
    ...mail,
    people: [{ ...ann, card: { ...annCard, contact: { ...contact, consent: 'denied' } } }],
  },
  withReasons: {
    ...mail,
    people: [{ ...ann, card: { ...annCard, contact: { ...contact, ...said } } }],
  },
  lead: { ...mail, connection: { ...calm.connection, me: id('e2') } },
  erasedMeanwhile: {
    ...calm,
    erased: [ann.contactId],
    refused: [{ command: pinNote({ ...about, text: '' }), reason: 'gone', erased: true }],
  },
  sparse: { ...mail, people: [{ ...marco, focus: true }], strangers: [] },
  crowd: { ...mail, more: { people: 20, strangers: 1998 } },
  unknownSender: {
    ...mail,
    people: [{ ...ann, focus: false }, marco],
    strangers: mail.strangers.map((one) => ({ ...one, focus: true })),
  },
  rtl: {
    ...mail,
    people: [
      renamed(ann, 'נועה בן־דוד', 'מנהלת תפעול', 'לוגיסטיקה בע״מ'),
      { ...renamed(marco, 'محمد الفارسي', 'مدير المبيعات', ''), matched: 'm.alfarsi@acme.example' },
    ],
  },
  long: {
    ...mail,
    people: [
      renamed(
        {
          ...ann,
          matched: 'maximiliane-theodora.von-und-zu-hohenlohe-schillingsfuerst@logistik.acme.example',
        },
        'Maximiliane-Theodora Prinzessin von und zu Hohenlohe-Schillingsfürst',
        'Geschäftsführerin Donaudampfschifffahrtsgesellschaftskapitänsangelegenheiten',
        'Internationale Speditions- und Lagerhausgesellschaft Mitteleuropa',
      ),
      marco,
      { ...marco, contactId: id('a4'), matched: 'x@y.example', by: 'name' },
    ],
  },
  ...stageViews(mail),
  oldCopy: {
    ...mail,
    connection: { ...offline, inStepAt: Date.parse(before({ days: 3 })) },
    people: [{ ...ann, cardAt: Date.parse(before({ days: 3 })) }],
  },
} satisfies Record<string, View>;
