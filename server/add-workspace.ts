import { createFirstTeam } from './first-team.ts';
import { connect } from './import/connect.ts';
import { readSettings, urlOf } from './settings.ts';
import { inviteLink } from './store/invite.ts';

/** One more team on this server, apart from the others: `npm run workspace -- "Name"`. */
async function main(): Promise<void> {
  const name = process.argv.slice(2).join(' ').trim();
  if (name === '' || name.startsWith('-') || name.length > 100) {
    throw new Error('npm run workspace -- "Name"   makes one more team on this server.');
  }
  const settings = readSettings(process.env);
  const { db, close } = await connect(settings);
  try {
    const token = await createFirstTeam(db, { name, joinDomains: [] });
    console.log(
      `\nThis link makes its reader the admin of ${name}:\n\n  ${inviteLink(urlOf(settings), token)}\n`,
    );
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The team could not be made.');
  process.exit(1);
});
