import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { Team } from '../utils/contract/base.ts';
import { normalAddress } from '../utils/contract/match-key.ts';
import { Role } from '../utils/contract/member.ts';
import { chooseWorkspace, connect } from './import/connect.ts';
import { ImportRefusal } from './import/refusal.ts';
import { readSettings, urlOf } from './settings.ts';
import { writeAudit } from './store/audit.ts';
import { type Database, inWorkspace } from './store/database.ts';
import { addInvite, INVITE_HOURS, inviteLink, type NewInvite } from './store/invite.ts';

const USAGE = `npm run invite                       lists the members
npm run invite -- NAME               a link for one more browser of a member (name or address)
npm run invite -- --new "Name"       a link for somebody new
  --email ann@acme.com  --team sales|marketing|service|both  --role member|viewer|lead|admin
  --workspace ID                     when there are several`;

/** Makes invitations where the server is run, without signing in. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      new: { type: 'string' },
      email: { type: 'string' },
      team: { type: 'string', default: 'both' },
      role: { type: 'string', default: 'member' },
      workspace: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(USAGE);
  const settings = readSettings(process.env);
  const { db, url, close } = await connect(settings);
  try {
    const workspaceId = await chooseWorkspace(url, values.workspace);
    const members = await listMembers(db, workspaceId);
    const named = positionals.join(' ');
    if (values.new === undefined && named === '') return list(members);
    const wanted = values.new === undefined ? forMember(members, named) : forNewcomer(values, members);
    const token = await make(db, workspaceId, wanted);
    console.log(
      `\n  ${inviteLink(urlOf(settings), token)}\n\nGood for one browser and ${INVITE_HOURS} hours.`,
    );
  } finally {
    await close();
  }
}

type Known = Awaited<ReturnType<typeof listMembers>>;

const listMembers = (db: Database, workspaceId: string) =>
  inWorkspace(db, workspaceId, (trx) =>
    trx
      .selectFrom('member')
      .select(['id', 'name', 'email', 'team', 'role'])
      .where('workspace_id', '=', workspaceId)
      .where('left_at', 'is', null)
      .orderBy('name')
      .execute(),
  );

function list(members: Known): void {
  for (const { name, email, team, role } of members) {
    console.log(`  ${name}${email === null ? '' : ` <${email}>`}  ${team}, ${role}`);
  }
  console.log(`\n${USAGE}`);
}

function forMember(members: Known, named: string): NewInvite {
  const wanted = named.toLowerCase();
  const found = members.filter(({ name, email }) => name.toLowerCase() === wanted || email === wanted);
  const [member] = found;
  if (!member)
    throw new ImportRefusal(`There is no member "${named}". Without a name, the members are listed.`);
  if (found.length > 1) throw new ImportRefusal(`There are several members "${named}". Give the address.`);
  return { memberId: member.id, team: member.team, role: member.role, now: new Date() };
}

function forNewcomer(
  given: { new?: string; email?: string; team: string; role: string },
  members: Known,
): NewInvite {
  const team = v.safeParse(Team, given.team);
  const role = v.safeParse(Role, given.role);
  const email = given.email === undefined ? undefined : normalAddress(given.email);
  if (!team.success) throw new ImportRefusal('--team is sales, marketing, service or both.');
  if (!role.success) throw new ImportRefusal('--role is admin, lead, member or viewer.');
  if (given.email !== undefined && email === undefined)
    throw new ImportRefusal('--email is not an e-mail address.');
  if (email !== undefined && members.some((member) => member.email === email))
    throw new ImportRefusal(`${email} is a member. For one more browser: npm run invite -- ${email}`);
  const name = given.new?.trim();
  return {
    ...(name && { name }),
    ...(email !== undefined && { email }),
    team: team.output,
    role: role.output,
    now: new Date(),
  };
}

function make(db: Database, workspaceId: string, wanted: NewInvite): Promise<string> {
  return inWorkspace(db, workspaceId, async (trx) => {
    const { id, token } = await addInvite(trx, workspaceId, wanted);
    const { team, role, memberId } = wanted;
    await writeAudit(trx, workspaceId, 'invite.created', {
      target: { kind: 'invite', id },
      detail: { team, role, ...(memberId && { browser: true }) },
    });
    return token;
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The invitation could not be made.');
  process.exit(1);
});
