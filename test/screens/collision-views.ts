import type { Card } from '../../utils/contract/card.ts';
import type { Hold } from '../../utils/contract/hold.ts';
import type { View } from '../../utils/view.ts';
import { ann, annCard, marco } from './people.ts';
import { before, id } from './world.ts';

const [raj, mia] = [id('e1'), id('e2')];

const asked: Hold = {
  ...{ id: id('f1'), campaignId: id('b1'), state: 'asked', byId: raj, at: before({ hours: 3 }) },
  words: 'She signs on Friday.',
};
const more: Partial<Card> = {
  tickets: [
    {
      ...{ id: id('f2'), subject: 'The trackers lose the route', open: true, complaint: true },
      ...{ at: before({ days: 3 }), byId: mia, source: 'truce' as const },
    },
  ],
  deals: [
    {
      ...{ id: id('f3'), name: 'Pilot in two depots', open: true, ownerId: mia },
      ...{ at: before({ days: 4 }), source: 'hubspot' as const },
    },
  ],
};

/** Things in the way of writing to somebody, and what is made of them. */
export function collisionViews(mail: View) {
  const of = (card: Partial<Card>, me = raj): View => ({
    ...mail,
    connection: { ...mail.connection, me },
    people: [{ ...ann, card: { ...annCard, ...card } }, marco],
  });
  const [touch, ...touches] = annCard.touches;
  return {
    inTheWay: of(more),
    inTheWayOfMarketing: of(more, mia),
    holdAsked: of({ holds: [asked] }),
    holdToAnswer: of({ holds: [asked] }, mia),
    holdHeld: of({ holds: [{ ...asked, state: 'held', answeredById: mia }] }),
    holdRefused: of({
      holds: [{ ...asked, state: 'refused', answeredById: mia, answer: 'It is about prices, she asked.' }],
    }),
    wentAhead: of({
      goAheads: [
        {
          ...{ id: id('f4'), rule: 'campaign-near', refId: id('b1'), byId: raj },
          ...{ at: before({ hours: 1 }), why: 'She called.' },
        },
      ],
    }),
    otherTeam: of({
      touches: [...(touch ? [{ ...touch, team: 'marketing' as const, memberId: mia }] : []), ...touches],
    }),
  };
}
