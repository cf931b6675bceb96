import type { CommandKind } from '../../utils/contract/command.ts';
import { AGREED } from './agreed.ts';
import type { Things } from './sweep-world.ts';

/** What a rule may name: things of our own, who asks, and new ids, each beside the other tenant's that takes its place. */
export interface Own extends Things {
  me: string;
  /** An id for something new; the other tenant has something of this kind by the id that replaces it. */
  fresh(kind: keyof Things): string;
}

type Payload = (own: Own) => { payload: Record<string, unknown>; baseRevision?: number };

/** Every kind of command, with every id that it can name. */
export const COMMANDS: Record<CommandKind, Payload> = {
  'contact.add': (own) => ({
    payload: {
      contactId: own.fresh('contact'),
      name: `New ${own.fresh('name')}`,
      email: own.fresh('email'),
      stageId: own.stage,
    },
  }),
  'contact.edit': (own) => ({
    payload: {
      contactId: own.contact,
      stageId: own.stage,
      ownerId: own.member,
      leadTypeId: own.leadType,
      saleTypeId: own.saleType,
    },
    baseRevision: 1,
  }),
  'contact.identify': (own) => ({
    payload: { contactId: own.contact, key: 'github:sweeper', theirs: true },
  }),
  'note.pin': (own) => ({ payload: { noteId: own.fresh('note'), contactId: own.contact, text: 'x' } }),
  'note.edit': (own) => ({
    payload: { noteId: own.note, contactId: own.contact, text: 'y' },
    baseRevision: 1,
  }),
  'touch.log': (own) => ({
    payload: {
      touchId: own.fresh('touch'),
      contactId: own.contact,
      kind: 'call',
      direction: 'in',
      at: '2026-01-01T00:00:00Z',
    },
  }),
  'task.add': (own) => ({
    payload: {
      taskId: own.fresh('task'),
      contactId: own.contact,
      text: 'x',
      dueOn: '2026-12-01',
      assigneeId: own.member,
    },
  }),
  'definition.propose': (own) => ({
    payload: {
      proposalId: own.fresh('proposal'),
      definitionId: own.stage,
      about: 'stage',
      draft: { label: own.fresh('name'), team: 'sales' },
    },
    baseRevision: 1,
  }),
  'agreement.propose': (own) => ({
    payload: {
      proposalId: own.fresh('proposal'),
      draft: { ...AGREED, criteria: { stageIds: [own.stage], leadTypeIds: [own.leadType], needs: [] } },
    },
    baseRevision: 1,
  }),
  'proposal.decide': (own) => ({ payload: { proposalId: own.proposal, agree: true } }),
  'proposal.withdraw': (own) => ({ payload: { proposalId: own.proposal } }),
  'handover.offer': (own) => ({
    payload: { handoverId: own.fresh('handover'), contactId: own.contact, toId: own.member },
  }),
  'handover.accept': (own) => ({
    payload: { handoverId: own.handover, contactId: own.contact },
    baseRevision: 1,
  }),
  'handover.return': (own) => ({
    payload: { handoverId: own.handover, contactId: own.contact, reasonId: 'timing' },
    baseRevision: 1,
  }),
  'handover.reassign': (own) => ({
    payload: { handoverId: own.handover, contactId: own.contact, toId: own.member },
    baseRevision: 1,
  }),
  'handover.withdraw': (own) => ({
    payload: { handoverId: own.handover, contactId: own.contact },
    baseRevision: 1,
  }),
  'hold.ask': (own) => ({
    payload: { holdId: own.fresh('hold'), contactId: own.contact, campaignId: own.campaign },
  }),
  'hold.answer': (own) => ({ payload: { holdId: own.hold, contactId: own.contact, held: true } }),
  'hold.lift': (own) => ({ payload: { holdId: own.hold, contactId: own.contact } }),
  'go-ahead.say': (own) => ({
    payload: {
      goAheadId: own.fresh('goAhead'),
      contactId: own.contact,
      rule: 'owned',
      refId: own.task,
      why: 'x',
    },
  }),
  'ticket.open': (own) => ({
    payload: { ticketId: own.fresh('ticket'), contactId: own.contact, subject: 'x', complaint: true },
  }),
  'ticket.close': (own) => ({ payload: { ticketId: own.ticket, contactId: own.contact } }),
  'task.done': (own) => ({ payload: { taskId: own.task, contactId: own.contact, done: true } }),
};

export const command = (kind: CommandKind, own: Own) => ({
  id: own.fresh('command'),
  at: '2026-01-01T00:00:00Z',
  kind,
  ...COMMANDS[kind](own),
});
