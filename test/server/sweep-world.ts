import { v7 as uuid } from 'uuid';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import { readAgreement } from '../../server/store/agreement.ts';
import { writeAudit } from '../../server/store/audit.ts';
import { addBrowser } from '../../server/store/browser.ts';
import { commitChanges } from '../../server/store/change.ts';
import { applyCommand } from '../../server/store/command/apply.ts';
import { type Database, inWorkspace } from '../../server/store/database.ts';
import { createDefinition } from '../../server/store/definition.ts';
import { addInvite } from '../../server/store/invite.ts';
import { REALM } from '../../server/store/realm.ts';
import { tagOfKey } from '../../server/store/tag.ts';
import { readTagKey } from '../../server/store/tag-key.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import type { Command } from '../../utils/contract/command.ts';
import type { Member } from '../../utils/contract/member.ts';
import { agreeOn } from './agreed.ts';
import { addCampaign } from './campaigns.ts';
import { openWatch } from './sweep-watch.ts';
import { openTestAccounts } from './team.ts';

export type Role = Member['role'];
export const ROLES: readonly Role[] = ['viewer', 'member', 'lead', 'admin'];

/** Something of everything that a request can name. */
export interface Things {
  contact: string;
  company: string;
  note: string;
  task: string;
  touch: string;
  command: string;
  stage: string;
  leadType: string;
  saleType: string;
  proposal: string;
  handover: string;
  campaign: string;
  hold: string;
  goAhead: string;
  ticket: string;
  member: string;
  browser: string;
  invite: string;
  audit: string;
  email: string;
  colleague: string;
  name: string;
  tag: string;
  workspace: string;
}

type Omitted<T> = T extends unknown ? Omit<T, 'id' | 'at'> : never;

/** Makes a set of things; `owner` is whose the browser is, `word` is in every text. */
export async function makeThings(
  db: Database,
  workspaceId: string,
  word: string,
  owner?: string,
): Promise<Things> {
  const n = uuid();
  const at = new Date();
  const things: Things = {
    contact: uuid(),
    company: '',
    note: uuid(),
    task: uuid(),
    touch: uuid(),
    command: uuid(),
    stage: uuid(),
    leadType: uuid(),
    saleType: uuid(),
    proposal: uuid(),
    handover: uuid(),
    campaign: uuid(),
    hold: uuid(),
    goAhead: uuid(),
    ticket: uuid(),
    member: uuid(),
    browser: '',
    invite: '',
    audit: '',
    email: `${n}@${word}.example`,
    colleague: `colleague-${n}@${word}.example`,
    name: `${word} ${n.slice(-12)}`,
    tag: '',
    workspace: workspaceId,
  };
  const me = { id: things.member, team: 'sales', role: 'admin' } as const;
  await inWorkspace(db, workspaceId, async (trx) => {
    const role = 'member';
    const email = things.colleague;
    await createMember(trx, workspaceId, {
      id: things.member,
      name: things.name,
      team: 'sales',
      role,
      email,
    });
    const stage = { id: things.stage, label: word, order: 1, team: 'sales', revision: 1 } as const;
    await createDefinition(trx, workspaceId, stage);
    await createDefinition(trx, workspaceId, { ...stage, id: things.leadType, kind: 'lead' });
    await createDefinition(trx, workspaceId, { ...stage, id: things.saleType, kind: 'sale' });
    const browser = { memberId: owner ?? things.member, grantId: n, name: word };
    things.browser = await addBrowser(trx, workspaceId, browser);
    const invite = { email: `i${email}`, name: word, team: 'sales', role, createdBy: things.member } as const;
    things.invite = (await addInvite(trx, workspaceId, { ...invite, now: at })).id;
    await writeAudit(trx, workspaceId, 'member.joined', {});
    const row = trx.selectFrom('audit').select('id').where('workspace_id', '=', workspaceId);
    things.audit = (await row.orderBy('id', 'desc').executeTakeFirstOrThrow()).id;
    await addCampaign(trx, workspaceId, { id: things.campaign, name: word });
    await commitChanges(trx, workspaceId, [{ kind: 'member', id: things.member }]);
    const key = await readTagKey(trx, workspaceId);
    things.tag = String(tagOfKey(key, `email:${things.email}`));
  });
  // Once, so that what is proposed against it is never late.
  const agreed = await inWorkspace(db, workspaceId, (trx) => readAgreement(trx, workspaceId));
  if (!agreed) await agreeOn(db, workspaceId, { perDay: 1000 });
  const give = async (
    command: Omitted<Command>,
    id = uuid(),
    who: Parameters<typeof applyCommand>[2] = me,
  ) => {
    const full = { id, at: at.toISOString(), ...command } as Command;
    const result = await applyCommand(db, workspaceId, who, full, at);
    if (result.status !== 'applied') throw new Error(`${command.kind}: ${result.reason}`);
  };
  const { contact: contactId, name, email, stage: stageId } = things;
  const add = { contactId, name, email, title: word, companyName: `${word} ${n}`, stageId };
  await give({ kind: 'contact.add', payload: add }, things.command);
  await give({ kind: 'note.pin', payload: { noteId: things.note, contactId, text: word } });
  const task = { taskId: things.task, contactId, text: word, dueOn: '2026-12-01', assigneeId: things.member };
  await give({ kind: 'task.add', payload: task });
  const touch = { touchId: things.touch, contactId, kind: 'call', direction: 'out' } as const;
  await give({ kind: 'touch.log', payload: { ...touch, at: at.toISOString(), subject: word } });
  const offer = { handoverId: things.handover, contactId, toId: things.member, words: word };
  await give({ kind: 'handover.offer', payload: offer }, uuid(), { ...me, team: 'both' });
  await give({ kind: 'hold.ask', payload: { holdId: things.hold, contactId, campaignId: things.campaign } });
  const gone = { goAheadId: things.goAhead, contactId, rule: 'owned', why: word } as const;
  await give({ kind: 'go-ahead.say', payload: gone });
  const ticket = { ticketId: things.ticket, contactId, subject: word, complaint: true };
  await give({ kind: 'ticket.open', payload: ticket });
  const draft = { label: `${word} ${n} stage`, team: 'sales' } as const;
  const propose = { proposalId: things.proposal, definitionId: uuid(), about: 'stage', draft } as const;
  await give({ kind: 'definition.propose', baseRevision: 0, payload: { ...propose, words: word } });
  const { rows } = await inWorkspace(db, workspaceId, async (trx) => ({
    rows: await trx.selectFrom('contact').select('company_id').where('id', '=', contactId).execute(),
  }));
  things.company = rows[0]?.company_id ?? '';
  return things;
}

export interface Actor {
  memberId: string;
  browserId: string;
  token: string;
}

/** A paired member of a role. */
export async function makeActor(db: Database, workspaceId: string, role: Role): Promise<Actor> {
  const memberId = uuid();
  await inWorkspace(db, workspaceId, (trx) =>
    createMember(trx, workspaceId, { id: memberId, name: `A ${role}`, team: 'sales', role }),
  );
  const accounts = await openTestAccounts(db);
  const token = await pairDirectly(db, accounts, workspaceId, memberId);
  return { memberId, token, browserId: (await accounts.tokens.verify(token))?.browserId ?? '' };
}

/** Two tenants and the realm, with rows of the other tenant and of the realm in every table. */
export async function makeWorld(db: Database, url: string) {
  const watch = await openWatch(url);
  const ours = await createWorkspace(db, 'Ours');
  const theirs = await createWorkspace(db, 'Zanzibar');
  const things = await makeThings(db, theirs, 'zanzibar');
  await makeActor(db, theirs, 'admin');
  await watch.fill(theirs, 'zanzibar');
  await watch.fill(REALM, 'zanzibar-realm');
  const actors = new Map<Role, Actor>();
  for (const role of ROLES) actors.set(role, await makeActor(db, ours, role));
  return { watch, ours, theirs, things, actors };
}
