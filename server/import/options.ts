import { parseArgs } from 'node:util';
import { EXPORTS } from './exports/index.ts';
import { ImportRefusal } from './refusal.ts';

export interface Options {
  file: string;
  as: string | undefined;
  /** A file, or the name of a kept mapping. */
  mapping: string | undefined;
  saveMapping: string | undefined;
  workspace: string | undefined;
  recordUrl: string | undefined;
}

const vendors = [...new Set(EXPORTS.map((one) => one.source))];

export const HELP = `Brings contacts and companies from a CSV file into Truce.

  npm run import -- FILE [options]

  --as VENDOR             the file is an export of ${vendors.join(', ')}; otherwise
                          this is told by its columns
  --mapping FILE|NAME     what the columns of any other file hold: a JSON file, or the
                          name of a mapping that was kept
  --save-mapping NAME     keep this mapping for the team; files with its columns are then
                          recognised
  --record-url TEMPLATE   how a record of the source is opened, with {id} in it:
                          https://app.hubspot.com/contacts/HUB/record/0-1/{id}
  --workspace ID          into this workspace, when there are several
  --help                  this text

Run it again whenever you like: what is there already is left as it is. What does not go
in is named in FILE.report.csv. The database is the server's: DATABASE_URL, or the one in
TRUCE_DATA (now or later started). More in docs/import.md.
`;

/** @returns undefined when help is asked for. @throws ImportRefusal when it cannot be understood */
export function readOptions(args: string[]): Options | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [file, ...more] = positionals;
  if (file === undefined) throw new ImportRefusal('Name the file to import. See npm run import -- --help');
  if (more.length > 0) throw new ImportRefusal('One file at a time, please. See npm run import -- --help');
  const as = values.as?.toLowerCase();
  if (as !== undefined && !vendors.some((vendor) => vendor === as))
    throw new ImportRefusal(`--as must be one of ${vendors.join(', ')}.`);
  if (values['save-mapping'] !== undefined && values.mapping === undefined)
    throw new ImportRefusal('--save-mapping keeps the mapping that --mapping names; give both.');
  const recordUrl = values['record-url'];
  if (recordUrl !== undefined && !/^https?:\/\/[^/{]+\/.*\{id\}/.test(recordUrl))
    throw new ImportRefusal('--record-url must be a web address with {id} where the record’s id goes.');
  return {
    file,
    as,
    mapping: values.mapping,
    saveMapping: values['save-mapping'],
    workspace: values.workspace?.toLowerCase(),
    recordUrl,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        mapping: { type: 'string' },
        'save-mapping': { type: 'string' },
        workspace: { type: 'string' },
        'record-url': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split('\n')[0] : '';
    throw new ImportRefusal(`${what} See npm run import -- --help`, { cause });
  }
}
