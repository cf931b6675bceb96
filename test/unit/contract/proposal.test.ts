import * as v from 'valibot';
import { expect, test } from 'vitest';
import { decideProposal, pinNote, proposeDefinition, withdrawProposal } from '../../../utils/commands.ts';
import { ChangesAnswer } from '../../../utils/contract/change.ts';
import { Command, contactOf, subjectOf } from '../../../utils/contract/command.ts';
import { Definition, draftOf } from '../../../utils/contract/definition.ts';
import type { Role } from '../../../utils/contract/member.ts';
import { isKnown } from '../../../utils/contract/needs.ts';
import { isOfAgreement, mayDecide, mayWithdraw, Proposals } from '../../../utils/contract/proposal.ts';
import { cardOf, idOf } from '../replica/samples.ts';

type Team = 'sales' | 'marketing' | 'service' | 'both';

const table: [author: Team, who: Team, role: Role, may: boolean][] = [
  ['sales', 'marketing', 'lead', true],
  ['sales', 'marketing', 'admin', true],
  ['sales', 'marketing', 'member', false],
  ['sales', 'marketing', 'viewer', false],
  ['sales', 'sales', 'lead', false],
  ['sales', 'sales', 'admin', false],
  ['sales', 'both', 'lead', true],
  ['sales', 'service', 'lead', true],
  ['marketing', 'sales', 'lead', true],
  ['marketing', 'marketing', 'lead', false],
  ['both', 'sales', 'lead', true],
  ['service', 'marketing', 'admin', true],
];
test.for(table)('by %s, decided by a %s %s: %s', ([team, theirs, role, may]) => {
  const proposal = { byId: idOf(1), team };
  expect(mayDecide({ id: idOf(2), team: theirs, role }, proposal)).toBe(may);
  expect(mayDecide({ id: idOf(1), team: theirs, role }, proposal)).toBe(false);
});

test('its author withdraws it, and an admin for one who has left', () => {
  const proposal = { byId: idOf(1) };
  expect(mayWithdraw({ id: idOf(1), team: 'sales', role: 'member' }, proposal)).toBe(true);
  expect(mayWithdraw({ id: idOf(1), team: 'sales', role: 'viewer' }, proposal)).toBe(false);
  expect(mayWithdraw({ id: idOf(2), team: 'sales', role: 'lead' }, proposal)).toBe(false);
  expect(mayWithdraw({ id: idOf(2), team: 'sales', role: 'admin' }, proposal)).toBe(true);
});

test('what a command is about: a contact, or a proposal', () => {
  const note = pinNote({ contactId: idOf(1), text: 'x' });
  expect([contactOf(note), subjectOf(note)]).toEqual([idOf(1), idOf(1)]);
  const draft = { label: 'New', team: 'sales' } as const;
  const propose = proposeDefinition(0, { definitionId: idOf(2), about: 'stage', draft });
  const { proposalId } = propose.payload;
  for (const one of [
    propose,
    decideProposal({ proposalId, agree: true }),
    withdrawProposal({ proposalId }),
  ]) {
    expect(v.parse(Command, one)).toEqual(one);
    expect([contactOf(one), subjectOf(one)]).toEqual([undefined, proposalId]);
  }
});

test('the feed of a newer server is read, but for what is unknown here', () => {
  const changes = [
    { version: 4, kind: 'card', id: idOf(1) },
    { version: 4, kind: 'hologram', id: idOf(2) },
    { version: 5, kind: 'proposal', id: idOf(3) },
  ];
  const read = v.parse(ChangesAnswer, { version: 5, changes, more: false });
  expect(read.changes.map(({ kind }) => kind)).toEqual(['card', 'proposal']);
});

test('proposals of a newer server are read, but for those about what is unknown here', () => {
  const proposal = {
    ...{
      id: idOf(1),
      baseRevision: 0,
      byId: idOf(2),
      team: 'sales',
      at: '2026-03-01T10:00:00Z',
      state: 'open',
    },
  };
  const definition = {
    ...{ ...proposal, about: { kind: 'stage', id: idOf(3) }, draft: { label: 'New', team: 'sales' } },
  };
  const agreement = {
    ...{ ...proposal, about: { kind: 'agreement', id: idOf(4) } },
    draft: {
      ...{ hours: 24, remindHours: [], perDay: 50, quietDays: 7, marketing: {} },
      calendar: { zone: 'Europe/Oslo', week: Array.from({ length: 7 }, () => []), holidays: [] },
      criteria: { stageIds: [], leadTypeIds: [], needs: [] },
      reasons: [{ id: 'timing', label: 'Not now' }],
    },
  };
  const hologram = { ...definition, about: { kind: 'hologram', id: idOf(5) } };
  const read = v.parse(Proposals, [definition, hologram, agreement, { ...agreement, draft: {} }]);
  expect(read).toEqual([definition, agreement]);
  expect(read.map(isOfAgreement)).toEqual([false, true]);
});

test('a field that a newer server asks for is left out, and not the whole definition', () => {
  const given = {
    id: idOf(1),
    label: 'Lead',
    order: 1,
    team: 'sales',
    revision: 1,
    needs: ['email', 'aura'],
  };
  const read = v.parse(Definition, given);
  expect(read.needs).toEqual(['email']);
  expect(draftOf(read)).toEqual({ label: 'Lead', team: 'sales', needs: ['email'] });
});

test('what is known of a contact', () => {
  const { contact } = cardOf(idOf(10), 'Ann Lee', 'ann@acme.example');
  const bare = { ...contact, emails: [], profiles: [] };
  expect(isKnown('email', contact)).toBe(true);
  expect(isKnown('email', bare)).toBe(false);
  expect(isKnown('consent', { ...bare, consent: 'unknown' })).toBe(false);
  expect(isKnown('consent', { ...bare, consent: 'denied' })).toBe(true);
  expect(isKnown('profile', { ...bare, x: 'annlee' })).toBe(true);
  expect(isKnown('leadType', bare)).toBe(false);
  expect(isKnown('saleType', { ...bare, saleTypeId: idOf(3) })).toBe(true);
});
