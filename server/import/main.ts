import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { readSettings } from '../settings.ts';
import { type Connected, chooseWorkspace, connect } from './connect.ts';
import { checkColumns, type Mapping, parseMapping } from './mapping.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { prepare, Unrecognised } from './prepare.ts';
import { ImportRefusal } from './refusal.ts';
import { runImport } from './run.ts';
import { findMapping, readMapping, saveMapping } from './saved.ts';
import { explain, startProgress, summary } from './say.ts';
import { setRecordUrl } from './source-url.ts';

async function run(options: Options, { db, url }: Connected): Promise<void> {
  const workspaceId = await chooseWorkspace(url, options.workspace);
  const choose = async (
    header: readonly string[],
  ): Promise<{ mapping: Mapping; name: string } | undefined> => {
    const { mapping: wanted } = options;
    if (wanted === undefined)
      return options.as === undefined ? findMapping(db, workspaceId, header) : undefined;
    const text = await readFile(wanted, 'utf8').catch(() => undefined);
    const mapping =
      text === undefined ? await readMapping(db, workspaceId, wanted) : parseMapping(text, wanted);
    if (!mapping)
      throw new ImportRefusal(`There is no file ${wanted}, and no mapping is kept under this name.`);
    checkColumns(mapping, header, wanted);
    if (options.saveMapping !== undefined) await saveMapping(db, workspaceId, options.saveMapping, mapping);
    return { mapping, name: wanted };
  };
  const prepared = await prepare(options.file, choose, options.as);
  const { file, plan, unsureDates } = prepared;
  console.log(`${options.file}: ${plan.label}, ${file.encoding}`);
  if (file.damaged > 0) console.log(`${file.damaged} letters in it are damaged and show as \ufffd.`);
  if (unsureDates)
    console.log(
      'Dates such as 03/04/2026 were read as month/day. If that is wrong, give a mapping with "dateFormat": "dmy".',
    );
  if (options.recordUrl !== undefined) await setRecordUrl(db, workspaceId, plan, options.recordUrl);
  const progress = await startProgress();
  const outcome = await runImport(db, workspaceId, prepared, progress.show).finally(progress.stop);
  console.log(summary(options.file, outcome));
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) return console.log(HELP);
  const connected = await connect(readSettings(process.env));
  try {
    await run(options, connected);
  } catch (error) {
    if (!(error instanceof Unrecognised)) throw error;
    console.error(await explain(options.file, error));
    process.exitCode = 2;
  } finally {
    await connected.close();
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  // The terminal was closed: without this, a database of the import's own would be left running.
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    console.error('\nStopped. What is in stays in; run the same command again to go on.');
    process.exit(code);
  });
}

await main().catch((error: unknown) => {
  console.error(sentence(error));
  if (!(error instanceof ImportRefusal))
    console.error('What is in stays in; run the same command again to go on.');
  process.exitCode = 1;
});

/** What the database says may quote a row; its code is enough. */
function sentence(error: unknown): string {
  if (error instanceof ImportRefusal) return error.message;
  if (error instanceof pg.DatabaseError)
    return `The import stopped: the database refused it (${error.code}).`;
  return error instanceof Error ? `The import stopped. ${error.message}` : 'The import stopped.';
}
