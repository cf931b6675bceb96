import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { covers } from '../utils/contract/recipe-host.ts';
import { recipes } from '../utils/detect/sites/index.ts';
import { firstCases } from './new-site-cases.ts';
import { constantOf, recipeFile, register, type Site, ship } from './new-site-files.ts';

const ROOT = resolve(import.meta.dirname, '..');
const USAGE = 'npm run new:site -- <id> --host mail.example.org --label "Example Mail"';

/** What was asked for cannot be; the message says why, to a person. */
class Refused extends Error {}

/** Reads and checks what was typed. Throws `Refused`. */
function readSite(args: string[]): Site {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new Refused(`${error instanceof Error ? error.message : error}\n\n    ${USAGE}`);
  }
  const { values, positionals } = parsed;
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new Refused(`One site at a time:\n\n    ${USAGE}`);
  const { host: hosts = [], label = '' } = values;
  checkId(id);
  if (hosts.length === 0) throw new Refused('Where is the site? Name its host: --host mail.example.org');
  for (const host of hosts) checkHost(host);
  if (label.trim() === '' || label.length > 40 || /[^\p{L}\p{N} .&+'’()/-]/u.test(label)) {
    throw new Refused('What do people call it? In 1 to 40 letters: --label "Example Mail"');
  }
  return { id, hosts, label: label.trim() };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      host: { type: 'string', multiple: true },
      label: { type: 'string' },
    },
  });
}

function checkId(id: string): void {
  if (!/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(id) || id.length > 31) {
    throw new Refused(
      `"${id}" is no id: small letters and digits, with dashes between (example-mail), at most 31.`,
    );
  }
  if (id === 'index' || id === 'general' || recipes.some((recipe) => recipe.id === id)) {
    throw new Refused(`There is a site "${id}" already: utils/detect/sites/${id}.ts`);
  }
  try {
    new Function(`const ${constantOf(id)} = 0;`);
  } catch {
    throw new Refused(`"${id}" is a word of the language: give it another id (${id}-mail).`);
  }
}

function checkHost(host: string): void {
  if (!/^(?:\*\.)?(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*$/.test(host) || host.length > 253) {
    throw new Refused(`"${host}" is no host: only its name, without https:// and path (mail.example.org).`);
  }
  const other = recipes.find(({ hosts }) => hosts.some((one) => covers(one, host) || covers(host, one)));
  if (other)
    throw new Refused(`${host} belongs to ${other.label} already: utils/detect/sites/${other.id}.ts`);
}

/** Writes the files of a new site of mail: the recipe, its line in the registry, first cases. Answers their paths. */
async function createSite(site: Site): Promise<string[]> {
  const registry = join(ROOT, 'utils/detect/sites/index.ts');
  const shipped = join(ROOT, 'server/routes/shipped-recipes.ts');
  const now = new Date();
  const fresh = new Map([[`utils/detect/sites/${site.id}.ts`, recipeFile(site, now)]]);
  for (const [name, text] of firstCases(site)) fresh.set(`test/detect/${site.id}/${name}`, text);
  const there = [...fresh.keys()].find((path) => existsSync(join(ROOT, path)));
  if (there) throw new Refused(`${there} is there already.`);
  const known = recipes.filter(({ hosts }) => hosts.length > 0).length;
  const listed = register(await readFile(registry, 'utf8'), site.id, known);
  const served = ship(await readFile(shipped, 'utf8'), site, now);
  for (const [path, text] of fresh) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), text, { flag: 'wx' });
  }
  await writeFile(registry, listed);
  await writeFile(shipped, served);
  return [...fresh.keys(), 'utils/detect/sites/index.ts', 'server/routes/shipped-recipes.ts'];
}

try {
  const site = readSite(process.argv.slice(2));
  for (const path of await createSite(site)) console.log(path);
  console.log(
    `\nAll of it is invented so far. Next: docs/adding-a-site.md, "The recipe": what the site's own pages have, with a case` +
      ` for each. Try it: npx vitest run --project detect -t ${site.id}`,
  );
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
