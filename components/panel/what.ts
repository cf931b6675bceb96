import type { CommandKind } from '../../utils/contract/command.ts';
import type { MessageKey } from '../../utils/i18n.ts';

/** What a command is, with the name of whom it is about: while it waits, and when it was refused. */
export const WHAT: Record<CommandKind, { waits: MessageKey; refused: MessageKey }> = {
  'contact.add': { waits: 'waitsAdd', refused: 'refusedAdd' },
  'contact.edit': { waits: 'waitsEdit', refused: 'refusedEdit' },
  'contact.identify': { waits: 'waitsIdentify', refused: 'refusedIdentify' },
  'note.pin': { waits: 'waitsNote', refused: 'refusedNote' },
  'note.edit': { waits: 'waitsNoteEdit', refused: 'refusedNoteEdit' },
  'touch.log': { waits: 'waitsTouch', refused: 'refusedTouch' },
  'task.add': { waits: 'waitsTask', refused: 'refusedTask' },
  'definition.propose': { waits: 'waitsPropose', refused: 'refusedPropose' },
  'agreement.propose': { waits: 'waitsPropose', refused: 'refusedPropose' },
  'proposal.decide': { waits: 'waitsDecide', refused: 'refusedDecide' },
  'proposal.withdraw': { waits: 'waitsWithdraw', refused: 'refusedWithdraw' },
  'handover.offer': { waits: 'waitsOffer', refused: 'refusedOffer' },
  'handover.accept': { waits: 'waitsAccept', refused: 'refusedAccept' },
  'handover.return': { waits: 'waitsReturn', refused: 'refusedReturn' },
  'handover.reassign': { waits: 'waitsReassign', refused: 'refusedReassign' },
  'handover.withdraw': { waits: 'waitsTakeBack', refused: 'refusedTakeBack' },
  'hold.ask': { waits: 'waitsHold', refused: 'refusedHold' },
  'hold.answer': { waits: 'waitsHoldAnswer', refused: 'refusedHoldAnswer' },
  'hold.lift': { waits: 'waitsLift', refused: 'refusedLift' },
  'go-ahead.say': { waits: 'waitsGoAhead', refused: 'refusedGoAhead' },
  'ticket.open': { waits: 'waitsTicket', refused: 'refusedTicket' },
  'ticket.close': { waits: 'waitsTicketClosed', refused: 'refusedTicketClosed' },
  'task.done': { waits: 'waitsTaskDone', refused: 'refusedTaskDone' },
};
