import { expect, test } from 'vitest';
import {
  decideProposal,
  editContact,
  proposeAgreement,
  proposeDefinition,
  withdrawProposal,
} from '../../../utils/commands.ts';
import type { AgreementDraft } from '../../../utils/contract/agreement.ts';
import type { Proposal } from '../../../utils/contract/proposal.ts';
import { overlay } from '../../../utils/replica/overlay.ts';
import { overlayProposals } from '../../../utils/replica/overlay-proposals.ts';
import { cardOf, idOf, rita } from './samples.ts';

const draft = { label: 'Prospect', team: 'sales' } as const;
const open: Proposal = {
  ...{ id: idOf(1), about: { kind: 'stage', id: idOf(5) }, draft, baseRevision: 1, byId: idOf(9) },
  ...{ team: 'marketing', at: '2026-03-01T10:00:00Z', state: 'open' },
};

test('what is proposed here is there at once, and waits', () => {
  const command = proposeDefinition(1, { definitionId: idOf(5), about: 'stage', draft, words: 'So.' });
  const [, shown] = overlayProposals([open], [command], rita);
  expect(shown).toMatchObject({ state: 'open', byId: rita.id, waiting: true, words: 'So.', draft });
  // The server has it already, and its answer was lost.
  const there = { ...open, id: command.payload.proposalId };
  expect(overlayProposals([there], [command], rita)).toEqual([{ ...there, waiting: true }]);
});

test('so is an agreement that is proposed', () => {
  const agreement = { hours: 24, perDay: 50 } as AgreementDraft;
  const command = proposeAgreement(2, { draft: agreement });
  expect(overlayProposals([open], [command], rita)).toMatchObject([
    open,
    { about: { kind: 'agreement' }, baseRevision: 2, draft: agreement, byId: rita.id, waiting: true },
  ]);
});

test('an answer, and taking it back, show at once; what is decided already stands', () => {
  const { id: proposalId } = open;
  const agree = decideProposal({ proposalId, agree: true, words: 'Fine.' });
  expect(overlayProposals([open], [agree], rita)).toMatchObject([
    { state: 'agreed', decidedById: rita.id, answer: 'Fine.', waiting: true },
  ]);
  expect(overlayProposals([open], [withdrawProposal({ proposalId })], rita)[0]?.state).toBe('withdrawn');
  const declined: Proposal = { ...open, state: 'declined' };
  expect(overlayProposals([declined], [agree], rita)[0]?.state).toBe('declined');
  expect(open.state).toBe('open');
});

test('a change of stage is on the card with its reason before the server has it, once', () => {
  const ann = cardOf(idOf(10), 'Ann Lee', 'ann@acme.example');
  const before = ann.contact.stageId;
  const payload = { contactId: idOf(10), stageId: idOf(77), reason: 'Has a budget.', leadTypeId: idOf(78) };
  const edit = editContact(ann.contact.revision, payload);
  const { card } = overlay(ann, [edit], rita);
  const from = before === undefined ? {} : { fromId: before };
  expect(card?.moves).toEqual([
    {
      ...from,
      id: edit.id,
      toId: idOf(77),
      at: edit.at,
      by: rita.id,
      reason: 'Has a budget.',
      source: 'truce',
    },
  ]);
  expect(card?.contact).toMatchObject({ stageId: idOf(77), leadTypeId: idOf(78) });
  expect(overlay(card, [edit], rita).card?.moves).toHaveLength(1);
  const none = editContact(2, { contactId: idOf(10), leadTypeId: null });
  expect(overlay(card, [none], rita).card?.contact.leadTypeId).toBeUndefined();
});
