import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Handover } from '../../utils/contract/handover.ts';
import type { View } from '../../utils/view.ts';
import { ann, annCard, marco } from './people.ts';
import { before, id } from './world.ts';

const [raj, mia, olav] = [id('e1'), id('e2'), id('e3')];
const office = [{ from: '09:00', to: '17:00' }];

const agreement: Agreement = {
  ...{ hours: 24, perDay: 50, quietDays: 7, remindHours: [4], revision: 1 },
  calendar: {
    zone: 'Europe/Berlin',
    week: [office, office, office, office, office, [], []],
    holidays: [],
  },
  criteria: { stageIds: [], leadTypeIds: [], needs: ['email'] },
  reasons: [
    { id: 'timing', label: 'Not now' },
    { id: 'fit', label: 'Not our kind of customer' },
    { id: 'reach', label: 'Could not be reached' },
  ],
  marketing: { leads: 40, fit: 70, answerHours: 16 },
};

const offered: Handover = {
  ...{ id: id('h1'), state: 'offered', byId: mia, at: before({ days: 2 }), toId: raj },
  ...{ words: 'Asked for prices of three depots.', dueAt: '2026-11-25T16:00:00Z' },
  ...{ agreementRevision: 1, revision: 1 },
};
const accepted: Handover = { ...offered, state: 'accepted', acceptedAt: before({ days: 1 }), revision: 2 };
const returned: Handover = {
  ...{ ...offered, state: 'returned', revision: 2 },
  returned: {
    ...{ byId: raj, at: before({ days: 1 }), reasonId: 'timing', reason: 'Not now' },
    words: 'In spring, when the depot moves.',
  },
};
const followed: Handover = {
  ...{ ...accepted, state: 'followed', revision: 3 },
  followed: { byId: raj, at: before({ hours: 20 }), touchId: id('71') },
};
const { toId: _toId, ...nobodys } = offered;

/** A lead on its way from marketing to sales, as either side sees it. */
export function handoverViews(mail: View) {
  const members: View['members'] = [
    ...mail.members,
    { id: olav, name: 'Olav Berg', team: 'sales', role: 'member' },
  ];
  const team: View = { ...mail, agreement, members };
  const of = (handovers: Handover[], view = team): View => ({
    ...view,
    people: [{ ...ann, card: { ...annCard, handovers } }, marco],
  });
  const marketer: View = { ...team, connection: { ...team.connection, me: mia } };
  const asked = {
    id: id('5d'),
    kind: 'lead' as const,
    label: 'Asked for a price',
    order: 2,
    team: 'marketing' as const,
    revision: 1,
  };
  const strict = {
    ...agreement,
    criteria: { stageIds: [id('55')], leadTypeIds: [id('5d')], needs: ['email' as const, 'phone' as const] },
  };
  return {
    handOver: of([], marketer),
    handOverUnmet: of([], { ...marketer, agreement: strict, types: [...mail.types, asked] }),
    handoverOffered: of([offered]),
    handoverNobodys: of([nobodys]),
    handoverSoon: of([{ ...accepted, dueAt: '2026-11-23T10:00:00Z' }]),
    handoverLapsed: of([{ ...accepted, state: 'lapsed', dueAt: '2026-11-20T14:00:00Z' }]),
    handoverReturned: of([returned], marketer),
    handoverFollowed: of([followed]),
    handoverTheirs: of([offered], marketer),
    handoverWaits: {
      ...of([{ ...offered, words: 'ש'.repeat(120) }], marketer),
      people: [{ ...ann, card: { ...annCard, handovers: [offered] }, waiting: [offered.id] }, marco],
    },
  } satisfies Record<string, View>;
}
