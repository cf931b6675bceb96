import { describe, expect, test } from 'vitest';
import { collisions, type Intent, type Situation } from '../../../utils/agreement/collide.ts';
import type { Campaign } from '../../../utils/contract/campaign.ts';
import type { GoAhead } from '../../../utils/contract/go-ahead.ts';
import {
  day,
  deal,
  handover,
  hold,
  inNews,
  MARKETER,
  NOW,
  quiet,
  SEND,
  ticket,
  touch,
  WRITE,
} from './colliding.ts';

const contact = (fields: Partial<Situation['contact']>) => ({ contact: { ...quiet.contact, ...fields } });

/** What is in the way, as `rule level way+way`. */
const told = (given: Partial<Situation>, intent: Intent) =>
  collisions({ ...quiet, ...given }, intent, NOW).map(({ rule, level, ways }) =>
    `${rule} ${level} ${ways.join('+')}`.trim(),
  );

describe.each<[string, Partial<Situation>, write: string[], send: string[]]>([
  ['nothing is in the way', {}, [], []],
  ['they must not be contacted', contact({ doNotContact: true }), ['suppressed stop'], ['suppressed stop']],
  [
    'must not be contacted, and consent denied: said once',
    contact({ doNotContact: true, consent: 'denied' }),
    ['suppressed stop'],
    ['suppressed stop'],
  ],
  ['consent denied', contact({ consent: 'denied' }), ['no-consent warn'], ['no-consent stop']],
  ['consent never asked for', contact({ consent: 'unknown' }), [], ['no-consent warn go']],
  ['a complaint', { tickets: [ticket] }, ['complaint warn go'], ['complaint stop']],
  [
    'a complaint that a colleague noted',
    { tickets: [{ ...ticket, byId: 'olav' }] },
    ['complaint warn ask+go'],
    ['complaint stop'],
  ],
  ['a complaint that was settled', { tickets: [{ ...ticket, open: false }] }, [], []],
  ['a question of theirs', { tickets: [{ ...ticket, complaint: false }] }, [], []],
  ['somebody else’s clock has lapsed', { handover }, ['clock warn ask+go'], []],
  ['one’s own clock has lapsed', { handover: { ...handover, toId: 'rep' } }, ['clock warn'], []],
  ['a clock that runs', { handover: { ...handover, dueAt: day(1) } }, [], []],
  ['a handover that was followed up', { handover: { ...handover, state: 'followed' } }, [], []],
  [
    'sales are talking with them',
    { touches: [touch({ memberId: 'olav' })] },
    [],
    ['open-conversation warn hold+ask+go'],
  ],
  [
    'they wrote to sales',
    { touches: [touch({ direction: 'in' })] },
    [],
    ['open-conversation warn hold+ask+go'],
  ],
  [
    'a meeting that is to come',
    { touches: [touch({ kind: 'meeting', at: day(3) })] },
    [],
    ['open-conversation warn hold+ask+go'],
  ],
  ['a conversation of last month', { touches: [touch({ at: day(-30) })] }, [], []],
  ['a deal of a colleague’s', { deals: [deal] }, ['open-deal note ask'], ['open-deal warn hold+ask+go']],
  ['one’s own deal', { deals: [{ ...deal, ownerId: 'rep' }] }, [], ['open-deal warn hold+ask+go']],
  ['a deal that is closed', { deals: [{ ...deal, open: false }] }, [], []],
  [
    'a newsletter in two days',
    inNews(2),
    ['campaign-near warn hold+ask+go'],
    ['campaign-near warn hold+ask+go'],
  ],
  ['a newsletter of yesterday', inNews(-1), ['campaign-near note ask'], ['campaign-near note ask']],
  ['a newsletter in two weeks', inNews(14), [], []],
  ['a newsletter of last month', inNews(-30), [], []],
  [
    'a newsletter that they were asked to be kept out of',
    { ...inNews(2), holds: [hold] },
    ['campaign-near warn ask+go'],
    ['campaign-near warn ask+go'],
  ],
  ['a newsletter that they are kept out of', { ...inNews(2), holds: [{ ...hold, state: 'held' }] }, [], []],
  [
    'a hold that was lifted again',
    { ...inNews(2), holds: [{ ...hold, state: 'lifted' }] },
    ['campaign-near warn hold+ask+go'],
    ['campaign-near warn hold+ask+go'],
  ],
  [
    'marketing wrote to them',
    { touches: [touch({ team: 'marketing', memberId: 'mia' })] },
    ['other-team note ask'],
    [],
  ],
  ['marketing wrote last month', { touches: [touch({ team: 'marketing', at: day(-30) })] }, [], []],
  ['they are a colleague’s', contact({ ownerId: 'olav' }), ['owned warn ask+go'], []],
  ['they are nobody’s', { contact: { id: 'ann', consent: 'granted', provenance: {} } }, [], []],
])('%s', (_, given, write, send) => {
  test('and a rep is about to write', () => expect(told(given, WRITE)).toEqual(write));
  test('and a campaign is about to go out', () =>
    expect(told({ ...given, me: MARKETER }, SEND)).toEqual(send));
});

describe('a marketer is about to write', () => {
  const mia = (given: Partial<Situation>) => told({ me: MARKETER, ...given }, WRITE);

  test('to somebody’s contact: whose it is', () => expect(mia({})).toEqual(['owned note ask+go']));
  test('into a conversation of sales: said once', () =>
    expect(mia({ touches: [touch({})] })).toEqual(['open-conversation warn ask+go', 'owned note ask+go']));
  test('after sales met them at a fair', () =>
    expect(mia({ touches: [touch({ kind: 'event', memberId: 'olav' })] })).toEqual([
      'other-team note ask',
      'owned note ask+go',
    ]));
});

test('each says what, whose and when', () => {
  const [found] = collisions({ ...quiet, ...inNews(2) }, WRITE, NOW);
  expect(found).toMatchObject({ refId: 'news', what: 'Newsletter', whoId: 'mia', at: Date.parse(day(2)) });
});

test('the gravest comes first, of one rule the nearest', () => {
  const near = inNews(5);
  const sooner: Campaign = { ...(near.campaigns.get('news') as Campaign), id: 'soon', plannedAt: day(1) };
  const given: Partial<Situation> = {
    ...contact({ ownerId: 'olav', consent: 'denied' }),
    tickets: [ticket],
    memberships: [...near.memberships, { campaignId: 'soon', state: 'planned', at: day(-1) }],
    campaigns: new Map([...near.campaigns, ['soon', sooner]]),
    deals: [deal],
  };
  const found = collisions({ ...quiet, ...given }, WRITE, NOW);
  expect(found.map(({ rule }) => rule)).toEqual([
    'no-consent',
    'complaint',
    'campaign-near',
    'campaign-near',
    'owned',
    'open-deal',
  ]);
  expect(found.filter(({ rule }) => rule === 'campaign-near').map(({ refId }) => refId)).toEqual([
    'soon',
    'news',
  ]);
});

describe('whoever has gone ahead and said why', () => {
  const gone: GoAhead = {
    id: 'go',
    rule: 'campaign-near',
    refId: 'news',
    byId: 'rep',
    at: day(-1),
    why: 'They asked',
  };

  test('is only reminded of it', () =>
    expect(told({ ...inNews(2), goAheads: [gone] }, WRITE)).toEqual(['campaign-near note hold+ask']));
  test.each<[string, Partial<GoAhead>]>([
    ['it was a colleague', { byId: 'olav' }],
    ['it was about another campaign', { refId: 'other' }],
    ['it was another rule', { rule: 'owned' }],
    ['it was long ago', { at: day(-8) }],
  ])('is warned as ever when %s', (_, fields) =>
    expect(told({ ...inNews(2), goAheads: [{ ...gone, ...fields }] }, WRITE)).toEqual([
      'campaign-near warn hold+ask+go',
    ]),
  );
});
