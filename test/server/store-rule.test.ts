import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Exported functions of the store that touch the database but take no workspace, each with its reason. */
const WITHOUT: Record<string, string> = {
  openDatabase: 'opens the pool',
  migrate: 'changes tables, as their owner',
  openAsApp: 'opens the pool as a user of its own',
  dropOldLogins: 'users of the database, as their owner',
  pruneRealm: 'rows of the realm, which it names itself',
  openOwner: 'connects as the owner, for migrations',
  listWorkspaces: 'as the owner, for the command line',
  createWorkspace: 'makes the workspace: `id` is its own',
  insertWorkspace: 'the same in a transaction',
  putOidc: 'rows of the realm, which it names itself',
  findOidc: 'rows of the realm',
  consumeOidc: 'rows of the realm',
  deleteOidc: 'rows of the realm',
  sweepOidc: 'rows of the realm',
  retireRefreshTokens: 'rows of the realm',
  findTeams: 'who has proved an address sees the teams that know it: a policy for reading alone',
  inviteLink: 'its address is a web address, not a database’s',
};

interface Found {
  name: string;
  parameters: string;
  file: string;
}

const files = readdirSync('server/store', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('migrations'))
  .map((file) => join('server/store', file));

/** The text between the bracket at `open` and the one that closes it. */
function inside(code: string, open: number): string {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if ('([{'.includes(code[at] ?? ' ')) depth += 1;
    if (')]}'.includes(code[at] ?? ' ')) depth -= 1;
    if (depth === 0) return code.slice(open + 1, at);
  }
  return '';
}

function exported(file: string): Found[] {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found: Found[] = [];
  const heads =
    /^export (?:async )?(?:function\*? (\w+)(?:<[^(]*>)?|const (\w+)(?:: ([^=]+))? = (?:async )?(?:<[^(]*>)?)(\()/gm;
  for (const match of code.matchAll(heads)) {
    const open = match.index + match[0].length - 1;
    const typed = match[3] ?? '';
    found.push({ name: match[1] ?? match[2] ?? '', parameters: `${inside(code, open)} ${typed}`, file });
  }
  return found;
}

const all = files.flatMap(exported);
const touching = all.filter(({ parameters }) => /: (Trx|Database|Kysely)\b|\burl: string/.test(parameters));
/** By its id, or as what carries it: who acts, where a command is applied, a batch of an import. */
const takesWorkspace = ({ parameters }: Found) =>
  /\bworkspaceId: string|\b(actor|scope): (Actor|Scope)\b|: (Actor|Scope)\b|: Apply</.test(parameters);

test('every function of the store takes the workspace', () => {
  expect(all.length).toBeGreaterThan(80);
  expect(touching.length).toBeGreaterThan(50);
  const wrong = touching.filter((one) => !takesWorkspace(one) && !(one.name in WITHOUT));
  expect(wrong.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});

test('every exception is there, and needed', () => {
  const needless = Object.keys(WITHOUT).filter(
    (name) => !touching.some((one) => one.name === name && !takesWorkspace(one)),
  );
  expect(needless).toEqual([]);
});

test('what carries the workspace does', () => {
  const text = (file: string) => readFileSync(file, 'utf8');
  expect(text('server/store/actor.ts')).toMatch(/type Actor = Pick<Device, 'workspaceId'/);
  expect(text('server/store/browser.ts')).toMatch(/interface Device \{\s+workspaceId: string;/);
  expect(text('server/store/command/types.ts')).toMatch(
    /interface Scope \{\s+trx: Trx;\s+workspaceId: string;/,
  );
});

test('nothing but the store names tables, and nothing else opens a connection', () => {
  const rest = readdirSync('server/routes', { encoding: 'utf8' }).map((file) => join('server/routes', file));
  const wrong = rest.filter((file) => /\bsql`|\.pool\.connect/.test(readFileSync(file, 'utf8')));
  expect(wrong).toEqual([]);
});
