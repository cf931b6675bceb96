import pg from 'pg';
import type { Command, CommandResult } from '../../../utils/contract/command.ts';
import { rebuildCards } from '../card.ts';
import { type Changed, commitChanges } from '../change.ts';
import { rebuildCompanies } from '../company.ts';
import { type Database, inWorkspace, type Trx } from '../database.ts';
import { syncDomainTags, syncTags } from '../tag.ts';
import { addContact } from './contact-add.ts';
import { editContact } from './contact-edit.ts';
import { identifyContact } from './contact-identify.ts';
import { sayGoAhead } from './go-ahead.ts';
import {
  acceptHandover,
  offerHandover,
  reassignHandover,
  returnHandover,
  withdrawHandover,
} from './handover.ts';
import { answerHold, askHold, liftHold } from './hold.ts';
import { editNote, pinNote } from './note.ts';
import { decideProposal, proposeAgreement, proposeDefinition, withdrawProposal } from './proposal.ts';
import { addTask, doneTask } from './task.ts';
import { closeTicket, openTicket } from './ticket.ts';
import { logTouch } from './touch.ts';
import type { Effect, Refused, Scope } from './types.ts';

function run(scope: Scope, command: Command): Promise<Effect | Refused> {
  switch (command.kind) {
    case 'contact.add':
      return addContact(scope, command);
    case 'contact.edit':
      return editContact(scope, command);
    case 'contact.identify':
      return identifyContact(scope, command);
    case 'note.pin':
      return pinNote(scope, command);
    case 'note.edit':
      return editNote(scope, command);
    case 'touch.log':
      return logTouch(scope, command);
    case 'task.add':
      return addTask(scope, command);
    case 'task.done':
      return doneTask(scope, command);
    case 'definition.propose':
      return proposeDefinition(scope, command);
    case 'agreement.propose':
      return proposeAgreement(scope, command);
    case 'proposal.decide':
      return decideProposal(scope, command);
    case 'proposal.withdraw':
      return withdrawProposal(scope, command);
    case 'handover.offer':
      return offerHandover(scope, command);
    case 'handover.accept':
      return acceptHandover(scope, command);
    case 'handover.return':
      return returnHandover(scope, command);
    case 'handover.reassign':
      return reassignHandover(scope, command);
    case 'handover.withdraw':
      return withdrawHandover(scope, command);
    case 'hold.ask':
      return askHold(scope, command);
    case 'hold.answer':
      return answerHold(scope, command);
    case 'hold.lift':
      return liftHold(scope, command);
    case 'go-ahead.say':
      return sayGoAhead(scope, command);
    case 'ticket.open':
      return openTicket(scope, command);
    case 'ticket.close':
      return closeTicket(scope, command);
  }
}

/**
 * Applies a command with all that follows from it in one transaction, once: a retry, also one that arrives
 * while the first is being applied, gets the first result. So does what a viewer was refused: a copy that comes late,
 * when they may write again, would apply what they were told was not taken.
 * @param now the server's clock
 */
export async function applyCommand(
  db: Database,
  workspaceId: string,
  member: Scope['member'],
  command: Command,
  now: Date,
): Promise<CommandResult> {
  const at = new Date(Math.min(Date.parse(command.at), now.getTime()));
  const attempt = (fn: (scope: Scope) => Promise<Effect | Refused>) =>
    inWorkspace(db, workspaceId, async (trx) => {
      const first = await claim(trx, workspaceId, member.id, command);
      if (first) return first;
      const outcome = await fn({ trx, workspaceId, member, at, now });
      const result = await settle(trx, workspaceId, command.id, outcome);
      await trx
        .updateTable('command')
        .set({ result: JSON.stringify(result) })
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', command.id)
        .execute();
      return result;
    });
  try {
    return await attempt(async (scope) =>
      member.role === 'viewer' ? { refused: 'role' } : run(scope, command),
    );
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === undefined) throw error;
    return attempt(async () => ({ refused }));
  }
}

/** Takes the command's id. Waits for another transaction that holds it, and gives back what that decided. */
async function claim(
  trx: Trx,
  workspaceId: string,
  memberId: string,
  command: Command,
): Promise<CommandResult | undefined> {
  const taken = await trx
    .insertInto('command')
    .values({ workspace_id: workspaceId, id: command.id, kind: command.kind, member_id: memberId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (taken) return undefined;
  const row = await trx
    .selectFrom('command')
    .select('result')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', command.id)
    .executeTakeFirst();
  if (!row?.result) throw new Error('[command] a command row without a result');
  return row.result;
}

async function settle(
  trx: Trx,
  workspaceId: string,
  id: string,
  outcome: Effect | Refused,
): Promise<CommandResult> {
  if ('refused' in outcome) {
    const { refused: reason, contactIds, contradiction } = outcome;
    const what = { ...(contactIds && { contactIds }), ...(contradiction && { contradiction }) };
    return { id, status: 'refused', reason, ...what };
  }
  const tagged = outcome.retag ? await syncTags(trx, workspaceId, outcome.contactIds) : [];
  const domains = await syncDomainTags(trx, workspaceId, outcome.companyIds ?? []);
  const companies = await rebuildCompanies(trx, workspaceId, outcome.companyIds ?? []);
  const cards = await rebuildCards(trx, workspaceId, outcome.contactIds);
  const changes = [
    ...companies.map((id): Changed => ({ kind: 'company', id })),
    ...cards.map((id): Changed => ({ kind: 'card', id })),
    ...tagged,
    ...domains,
    ...(outcome.changes ?? []),
  ];
  return { id, status: 'applied', version: await commitChanges(trx, workspaceId, changes) };
}

/** What the database itself would not take: a date out of its range, a record that has just gone. */
function refusalOf(error: unknown): Refused['refused'] | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined;
  if (error.code === '23503') return 'gone';
  return error.code?.startsWith('22') || error.code === '23505' ? 'invalid' : undefined;
}
