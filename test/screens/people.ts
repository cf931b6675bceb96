import type { Card } from '../../utils/contract/card.ts';
import type { KnownPerson } from '../../utils/view.ts';
import { bareCard } from '../fixtures/bare-card.ts';
import { after, before, id } from './world.ts';

/** Ann, with something in every part of her card. */
export const annCard: Card = {
  contact: {
    id: id('a1'),
    name: 'Ann Lee',
    title: 'Head of Operations',
    companyId: id('c1'),
    ownerId: id('e1'),
    stageId: id('54'),
    stageAt: before({ days: 12 }),
    leadTypeId: id('5a'),
    emails: ['ann.lee@acme.example'],
    phones: [],
    records: [{ source: 'hubspot', id: '901', url: 'https://app.hubspot.example/contacts/901' }],
    provenance: {
      name: { source: 'hubspot', at: before({ days: 40 }) },
      stage: { source: 'truce', at: before({ days: 12 }) },
      owner: { source: 'hubspot', at: before({ days: 33 }) },
    },
    revision: 4,
  },
  touches: [
    {
      id: id('71'),
      kind: 'call',
      direction: 'out',
      team: 'sales',
      memberId: id('e1'),
      at: before({ days: 2 }),
      excerpt: 'Asked for the SOC 2 report by Friday. Wants a pilot in two depots.',
      source: 'truce',
    },
    {
      id: id('72'),
      kind: 'email',
      direction: 'in',
      team: 'sales',
      memberId: id('e1'),
      at: before({ days: 5 }),
      subject: 'Re: pilot in two depots',
      link: 'https://mail.example/thread/1',
      source: 'truce',
    },
    {
      id: id('73'),
      kind: 'social',
      direction: 'out',
      team: 'marketing',
      memberId: id('e2'),
      at: before({ days: 21 }),
      source: 'truce',
    },
  ],
  touchCount: 14,
  moves: [
    {
      ...{ id: id('61'), fromId: id('53'), toId: id('54'), toRevision: 1, at: before({ days: 12 }) },
      ...{ by: id('e1'), reason: 'Has a budget and a date.', source: 'truce' },
    },
  ],
  memberships: [
    { campaignId: id('b1'), state: 'planned', at: after({ days: 1 }) },
    { campaignId: id('b2'), state: 'clicked', at: before({ days: 16 }) },
    { campaignId: id('b3'), state: 'opened', at: before({ days: 30 }) },
    { campaignId: id('b4'), state: 'sent', at: before({ days: 61 }) },
    { campaignId: id('b5'), state: 'delivered', at: before({ days: 90 }) },
  ],
  membershipCount: 7,
  notes: [
    {
      id: id('91'),
      text: 'Board decides on 4 December. She wants numbers, not adjectives.',
      pinned: true,
      authorId: id('e1'),
      site: 'mail.google.com',
      at: before({ days: 1 }),
      revision: 1,
    },
    {
      id: id('92'),
      text: 'Met her at the Hamburg fair, keen on route planning.',
      pinned: false,
      authorId: id('e2'),
      at: before({ days: 25 }),
      revision: 1,
    },
  ],
  tasks: [
    {
      id: id('81'),
      text: 'Send the SOC 2 report',
      dueOn: before({ days: 1 }).slice(0, 10),
      authorId: id('e1'),
      assigneeId: id('e1'),
    },
    {
      id: id('82'),
      text: 'Ask about the second depot',
      dueOn: after({ days: 3 }).slice(0, 10),
      authorId: id('e2'),
    },
  ],
};

export const ann: KnownPerson = {
  contactId: id('a1'),
  name: 'Ann Lee',
  matched: 'ann.lee@acme.example',
  by: 'address',
  role: 'sender',
  focus: true,
  card: annCard,
  company: {
    id: id('c1'),
    name: 'Acme Logistics',
    domains: ['acme.example'],
    industry: 'Logistics',
    size: '200–1,000',
    website: 'https://acme.example/',
    records: [],
    revision: 1,
  },
  cardAt: Date.parse(before({ hours: 0 })),
  waiting: [],
  others: [],
};

/** Marco, of whom little is known. */
export const marco: KnownPerson = {
  contactId: id('a2'),
  matched: 'marco.ortiz@acme.example',
  by: 'address',
  role: 'recipient',
  focus: false,
  card: bareCard(id('a2'), 'Marco Ortiz', 'marco.ortiz@acme.example'),
  cardAt: Date.parse(before({ hours: 0 })),
  waiting: [],
  others: [],
};

/** The same person under another name, in another script, with a long title. */
export function renamed(person: KnownPerson, name: string, title: string, company: string): KnownPerson {
  const { card } = person;
  return {
    ...person,
    name,
    ...(card && { card: { ...card, contact: { ...card.contact, name, title } } }),
    ...(person.company && { company: { ...person.company, name: company } }),
  };
}
