import { parseArgs } from 'node:util';
import { reseal } from './accounts/reseal.ts';
import { rotateKeys } from './accounts/rotate-keys.ts';
import { openSecretBox } from './accounts/secret-key.ts';
import { connect } from './import/connect.ts';
import { readSettings } from './settings.ts';
import { listWorkspaces } from './store/workspace.ts';

const USAGE = `npm run rotate                encrypts all secrets under the first key of TRUCE_SECRET_KEY (new,old)
npm run rotate -- --signing   also makes a new key to sign with; start every server anew within a day`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { signing: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(USAGE);
  const settings = readSettings(process.env);
  const { db, url, close } = await connect(settings);
  try {
    const box = await openSecretBox(settings);
    const workspaces = (await listWorkspaces(url)).map(({ id }) => id);
    const secrets = await reseal(db, box, workspaces);
    console.log(`\n${secrets} secrets encrypted again, under the key ${box.keyId}.`);
    if (!values.signing) return;
    const kid = await rotateKeys(db, box, new Date());
    console.log(`The servers sign with the key ${kid} once they are started again. Do so within a day.`);
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The secrets could not be rotated.');
  process.exit(1);
});
