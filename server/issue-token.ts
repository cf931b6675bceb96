import { parseArgs } from 'node:util';
import { normalAddress, normalName } from '../utils/contract/match-key.ts';
import { type Connected, chooseWorkspace, connect } from './import/connect.ts';
import { readSettings, type Settings } from './settings.ts';
import { inWorkspace } from './store/database.ts';
import { connectLink, insertToken, withdrawTokens } from './token.ts';

/** Lists the members, or makes one of them a fresh link for a browser: `npm run token -- MEMBER [--only]`. */
async function run(args: string[], settings: Settings, { db, url }: Connected): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { only: { type: 'boolean' }, workspace: { type: 'string' } },
  });
  const workspaceId = await chooseWorkspace(url, values.workspace?.toLowerCase());
  return inWorkspace(db, workspaceId, async (trx) => {
    const members = await trx
      .selectFrom('member')
      .select(['id', 'name', 'email', 'team', 'role'])
      .where('workspace_id', '=', workspaceId)
      .orderBy('name')
      .execute();
    const list = members.map(
      ({ name, email, team, role }) => `  ${name}${email === null ? '' : ` <${email}>`}, ${team}, ${role}`,
    );
    if (positionals.length === 0)
      return `${list.join('\n')}\n\nA link for one of them: npm run token -- NAME`;
    const wanted = positionals.join(' ');
    const named = members.filter(
      ({ name, email }) =>
        (email !== null && email === normalAddress(wanted)) || normalName(name) === normalName(wanted),
    );
    const [member, ...more] = named;
    if (!member) throw new Error(`Nobody in the team is called ${wanted}. There are:\n${list.join('\n')}`);
    if (more.length > 0) throw new Error(`Several are called ${wanted}. Give the e-mail address.`);
    const gone = values.only ? await withdrawTokens(trx, workspaceId, member.id) : 0;
    const server = `http://127.0.0.1:${settings.port}`;
    const token = await insertToken(trx, workspaceId, member.id);
    return (
      `In the extension's options, paste this link for ${member.name}:\n\n  ${connectLink(server, token)}\n\n` +
      `It is shown this once, and is as good as a password.${gone > 0 ? ` Withdrawn: ${gone} from before.` : ''}`
    );
  });
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const connected = await connect(settings);
  try {
    process.stdout.write(`${await run(process.argv.slice(2), settings, connected)}\n`);
  } finally {
    await connected.close();
  }
}

// An ordered end stops a database of its own.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'The token could not be made.'}\n`);
  process.exitCode = 1;
});
