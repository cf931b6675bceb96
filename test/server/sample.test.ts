import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTACT_THREADS } from '../../server/sample/mailbox/mails/contacts.ts';
import { STRANGER_THREADS } from '../../server/sample/mailbox/mails/strangers.ts';
import { createSample, type Sample } from '../../server/sample/sample.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { readShared } from '../../server/store/shared.ts';
import { draftOfAgreement, problemOf } from '../../utils/contract/agreement.ts';
import { Card } from '../../utils/contract/card.ts';
import { Company } from '../../utils/contract/company.ts';
import { contradictionOf } from '../../utils/contract/contradiction.ts';
import { Draft, draftOf, kindOf } from '../../utils/contract/definition.ts';
import { isOfAgreement } from '../../utils/contract/proposal.ts';
import { Shared } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

const NOW = new Date('2026-11-17T15:00:00Z');
let database: TestDatabase;
let sample: Sample;
let cards: Card[];
let companies: Company[];

const read = () =>
  inWorkspace(database.db, sample.workspaceId, async (trx) => ({
    cards: (await trx.selectFrom('card').select('body').orderBy('contact_id').execute()).map(
      ({ body }) => body,
    ),
    companies: (await trx.selectFrom('company').select('body').execute()).map(({ body }) => body),
    campaigns: await trx.selectFrom('campaign').selectAll().execute(),
  }));

beforeAll(async () => {
  database = await createTestDatabase();
  sample = await createSample(database.db, NOW);
  const stored = await read();
  cards = stored.cards.map((body) => v.parse(Card, JSON.parse(body)));
  companies = stored.companies.map((body) => v.parse(Company, JSON.parse(body)));
});
afterAll(() => database.drop());

describe('the sample team', () => {
  it('has the people, companies, stages and campaigns of a real one', async () => {
    const { campaigns } = await read();
    expect(cards.length).toBeGreaterThanOrEqual(300);
    expect(companies.length).toBeGreaterThanOrEqual(40);
    expect(campaigns.length).toBeGreaterThanOrEqual(12);
    expect(campaigns.filter(({ sent_at }) => sent_at === null).length).toBeGreaterThanOrEqual(3);
    expect(new Set(sample.members.map(({ team }) => team))).toEqual(
      new Set(['sales', 'marketing', 'service', 'both']),
    );
    expect(new Set(cards.map(({ contact }) => contact.stageId)).size).toBe(6);
    expect(cards.filter(({ contact }) => contact.doNotContact).length).toBeGreaterThanOrEqual(3);
  });

  it('tells of the last six months and the days to come', () => {
    const touches = cards.flatMap((card) => card.touches);
    expect(touches.every(({ at }) => Date.parse(at) <= NOW.getTime())).toBe(true);
    expect(Math.min(...touches.map(({ at }) => Date.parse(at)))).toBeLessThan(
      NOW.getTime() - 150 * 86_400_000,
    );
    const planned = cards.flatMap((card) => card.memberships).filter(({ state }) => state === 'planned');
    expect(planned.length).toBeGreaterThan(50);
    expect(planned.every(({ at }) => Date.parse(at) > NOW.getTime())).toBe(true);
    expect(new Set(cards.flatMap((card) => card.notes).map(({ authorId }) => authorId)).size).toBeGreaterThan(
      4,
    );
    expect(cards.some((card) => card.tasks.length > 0)).toBe(true);
  });

  it('has definitions that hold together, and one that is to be agreed on', async () => {
    const {
      stages,
      types = [],
      proposals = [],
      agreement,
    } = await inWorkspace(database.db, sample.workspaceId, async (trx) =>
      v.parse(Shared, JSON.parse(await readShared(trx, sample.workspaceId))),
    );
    const all = [...stages, ...types];
    for (const one of all) {
      expect(v.is(Draft, draftOf(one)), one.label).toBe(true);
      expect(contradictionOf({ kind: kindOf(one), id: one.id }, draftOf(one), all)).toBeUndefined();
    }
    expect(stages.every(({ sales, marketing, needs = [] }) => sales && marketing && needs.length > 0)).toBe(
      true,
    );
    expect(new Set(types.map(kindOf))).toEqual(new Set(['lead', 'sale']));
    const [proposal] = proposals.filter((one) => !isOfAgreement(one) && one.state === 'open');
    const [about] = stages.filter(({ id }) => id === proposal?.about.id);
    expect(proposal?.draft).not.toEqual(about && draftOf(about));
    expect(v.is(Draft, proposal?.draft)).toBe(true);
    const known = new Set(all.map(({ id }) => id));
    expect(agreement && problemOf(agreement, known)).toBeUndefined();
    const [other] = proposals.filter(isOfAgreement);
    expect(other).toMatchObject({ state: 'open', baseRevision: agreement?.revision });
    expect(other && problemOf(other.draft, known)).toBeUndefined();
    expect(other?.draft).not.toEqual(agreement && draftOfAgreement(agreement));
    const moved = cards.flatMap(({ contact, moves = [] }) => moves.map((move) => ({ contact, move })));
    expect(moved.length).toBeGreaterThan(150);
    expect(
      moved.every(({ contact, move }) => move.toId === contact.stageId && move.at === contact.stageAt),
    ).toBe(true);
  });

  it('fills every blank in its texts', () => {
    expect(JSON.stringify(cards)).not.toMatch(/\{\w+\}|undefined/);
    expect(cards.flatMap(({ contact }) => contact.emails).every((email) => email.endsWith('.example'))).toBe(
      true,
    );
  });

  it('has Ann Lee as the sketch shows her', () => {
    const ann = cards.find(({ contact }) => contact.emails.includes('ann.lee@acme.example'));
    expect(ann?.contact).toMatchObject({ name: 'Ann Lee', title: 'Head of Operations' });
    expect(ann?.membershipCount).toBe(7);
    expect(ann?.memberships[0]).toMatchObject({ state: 'planned', at: '2026-11-18T09:00:00+00:00' });
    expect(ann?.touches[0]?.excerpt).toMatch(/SOC 2 report by Friday/);
    expect(ann?.notes[0]?.text).toMatch(/^Board decides on 29 November/);
  });

  it('has somebody with two addresses, and two with one', () => {
    expect(cards.filter(({ contact }) => contact.emails.length > 1).length).toBeGreaterThanOrEqual(2);
    expect(
      cards.filter(({ contact }) => contact.emails.includes('planning@oranjebloemen.example')),
    ).toHaveLength(2);
  });

  it('is made once, and the same everywhere', async () => {
    const before = await read();
    expect(await createSample(database.db, new Date())).toEqual(sample);
    expect(await read()).toEqual(before);
    const other = await createTestDatabase();
    await createSample(other.db, NOW);
    const twin = await inWorkspace(other.db, sample.workspaceId, (trx) =>
      trx.selectFrom('card').select('body').orderBy('contact_id').execute(),
    );
    expect(twin.map(({ body }) => body)).toEqual(before.cards);
    await other.drop();
  });

  it('knows the senders that the mailbox says it knows, and no others', () => {
    const addresses = new Set(cards.flatMap(({ contact }) => contact.emails));
    const own = new Set(sample.members.map(({ email }) => email));
    const sender = (from: string) => /<(.*)>$/.exec(from)?.[1] ?? from;
    for (const thread of CONTACT_THREADS)
      for (const mail of thread.mails)
        expect(addresses.has(sender(mail.from)) || own.has(sender(mail.from))).toBe(true);
    for (const thread of STRANGER_THREADS)
      for (const mail of thread.mails) expect(addresses.has(sender(mail.from))).toBe(false);
  });
});
