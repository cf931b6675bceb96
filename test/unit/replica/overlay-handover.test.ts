import { expect, test } from 'vitest';
import { answerHandover, offerHandover } from '../../../utils/commands.ts';
import type { Card } from '../../../utils/contract/card.ts';
import type { Command } from '../../../utils/contract/command.ts';
import type { Handover } from '../../../utils/contract/handover.ts';
import { overlay } from '../../../utils/replica/overlay.ts';
import { cardOf, idOf, rita } from './samples.ts';

const contactId = idOf(1);
const handoverId = idOf(9);
const mia = idOf(8);
const open: Handover = {
  ...{ id: handoverId, state: 'offered', byId: mia, at: '2026-03-01T09:00:00Z', toId: rita.id },
  ...{ dueAt: '2026-03-04T09:00:00Z', agreementRevision: 1, revision: 1 },
};
const card = (handovers?: Handover[]): Card =>
  cardOf(contactId, 'Ann Lee', 'ann@acme.example', handovers ? { handovers } : {});
const after = (commands: Command[], handovers?: Handover[]) => overlay(card(handovers), commands, rita);
const about = { contactId, handoverId };

test('who is handed over is on their way at once, and their clock begins with the server’s word', () => {
  const command = offerHandover({ contactId, toId: mia, words: 'Asked twice.' });
  const { card: shown, waiting } = after([command]);
  expect(shown?.handovers).toMatchObject([
    { id: command.payload.handoverId, state: 'offered', byId: rita.id, toId: mia, words: 'Asked twice.' },
  ]);
  expect(shown?.handovers?.[0]).not.toHaveProperty('dueAt');
  expect(waiting).toEqual([command.payload.handoverId]);
});

test('who is on their way already is shown as they are', () => {
  expect(after([offerHandover({ contactId, toId: mia })], [open]).card?.handovers).toEqual([open]);
});

test('who came back goes once more, before what was', () => {
  const back: Handover = { ...open, state: 'returned', revision: 2 };
  const states = after([offerHandover({ contactId, toId: mia })], [back]).card?.handovers?.map(
    ({ state }) => state,
  );
  expect(states).toEqual(['offered', 'returned']);
});

test.each<[string, Command, Partial<Handover>]>([
  ['accepted', answerHandover('handover.accept', 1, about), { state: 'accepted', toId: rita.id }],
  [
    'passed on, and its clock runs on',
    answerHandover('handover.reassign', 1, { ...about, toId: mia }),
    { state: 'offered', toId: mia, dueAt: open.dueAt ?? '' },
  ],
  ['taken back', answerHandover('handover.withdraw', 1, about), { state: 'withdrawn' }],
])('%s', (_, command, fields) => {
  const { card: shown, waiting } = after([command], [open]);
  expect(shown?.handovers).toMatchObject([{ ...fields, revision: 2 }]);
  expect(waiting).toEqual([handoverId]);
});

test('sent back with a reason of the list, which reads as the agreement has it', () => {
  const command = answerHandover('handover.return', 1, { ...about, reasonId: 'timing', words: 'In spring.' });
  expect(after([command], [open]).card?.handovers?.[0]).toMatchObject({
    state: 'returned',
    returned: { byId: rita.id, at: command.at, reasonId: 'timing', words: 'In spring.' },
  });
});

test('late is late: accepting and passing on stop no clock that has run out', () => {
  const late: Handover = { ...open, state: 'lapsed' };
  for (const command of [
    answerHandover('handover.accept', 1, about),
    answerHandover('handover.reassign', 1, { ...about, toId: mia }),
  ]) {
    expect(after([command], [late]).card?.handovers?.[0]?.state).toBe('lapsed');
  }
});

test('what has ended stays as it ended', () => {
  const done: Handover = { ...open, state: 'followed' };
  expect(after([answerHandover('handover.withdraw', 1, about)], [done]).card?.handovers).toEqual([done]);
});

test('two in a row: accepted, then sent back', () => {
  const commands = [
    answerHandover('handover.accept', 1, about),
    answerHandover('handover.return', 2, { ...about, reasonId: 'fit' }),
  ];
  expect(after(commands, [open]).card?.handovers).toMatchObject([{ state: 'returned', revision: 3 }]);
});
