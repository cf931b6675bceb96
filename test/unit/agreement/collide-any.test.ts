import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Collision, collisions, type Situation } from '../../../utils/agreement/collide.ts';
import { RULES } from '../../../utils/contract/go-ahead.ts';
import { day, deal, handover, hold, inNews, NOW, SEND, ticket, touch, WRITE } from './colliding.ts';

describe('for any contact', () => {
  const id = fc.constantFrom('rep', 'mia', 'olav');
  const when = fc.integer({ min: -40, max: 40 }).map(day);
  const team = fc.constantFrom('sales', 'marketing', 'service', 'both');
  const situation: fc.Arbitrary<Situation> = fc.record({
    contact: fc.record({
      id: fc.constant('ann'),
      ownerId: id,
      doNotContact: fc.boolean(),
      consent: fc.constantFrom('granted', 'denied', 'unknown'),
      provenance: fc.constant({}),
    }),
    touches: fc.array(
      fc
        .record({
          kind: fc.constantFrom('email', 'event', 'social'),
          direction: fc.constantFrom('in', 'out'),
          team,
          at: when,
          memberId: id,
        })
        .map(touch),
      { maxLength: 5 },
    ),
    memberships: fc.constant(inNews(2).memberships),
    campaigns: fc.integer({ min: -20, max: 20 }).map((days) => inNews(days).campaigns),
    deals: fc.array(
      fc.record({ open: fc.boolean(), ownerId: id }).map((fields) => ({ ...deal, ...fields })),
      { maxLength: 2 },
    ),
    tickets: fc.array(
      fc.boolean().map((open) => ({ ...ticket, open })),
      { maxLength: 2 },
    ),
    holds: fc.array(
      fc.constantFrom('asked', 'held', 'refused', 'lifted').map((state) => ({ ...hold, state })),
      { maxLength: 1 },
    ),
    goAheads: fc.array(
      fc
        .record({ rule: fc.constantFrom(...RULES), byId: id, at: when })
        .map((fields) => ({ id: 'go', why: 'So', refId: 'news', ...fields })),
      { maxLength: 3 },
    ),
    handover: fc.record({ dueAt: when, toId: id }).map((fields) => ({ ...handover, ...fields })),
    me: fc.record({ id, team }),
    quietDays: fc.integer({ min: 0, max: 30 }),
  });
  const intent = fc.constantFrom(WRITE, SEND);
  const all = (check: (found: Collision[], given: Situation) => void) =>
    fc.assert(fc.property(situation, intent, (given, to) => check(collisions(given, to, NOW), given)));

  test('what must not be has no way around it', () =>
    all((found) => {
      for (const { level, ways } of found) if (level === 'stop') expect(ways).toEqual([]);
    }));

  test('nobody is asked to be let by themselves', () =>
    all((found, { me }) => {
      for (const { ways, whoId } of found) if (whoId === me.id) expect(ways).not.toContain('ask');
    }));

  test('who must not be contacted is told of first', () =>
    all((found, { contact: { doNotContact } }) => {
      expect(found[0]?.rule === 'suppressed').toBe(doNotContact);
    }));

  test('nothing is in the way of somebody who was erased or merged', () => {
    fc.assert(
      fc.property(intent, (to) => {
        expect(collisions(undefined, to, NOW)).toEqual([]);
      }),
    );
  });
});
