import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ran, run } from '../../scripts/run.ts';

/** `npm run new:site`, in a copy of what it reads and writes. */
const root = resolve(import.meta.dirname, '../..');
let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'truce-new-site-'));
  const parts = [
    'test/detect',
    'test/recipes.test.ts',
    'scripts',
    'server/routes/shipped-recipes.ts',
    'package.json',
    'tsconfig.json',
    'biome.json',
    '.gitignore',
    'utils',
  ];
  for (const path of parts) await cp(join(root, path), join(copy, path), { recursive: true });
  await mkdir(join(copy, '.git'));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
});

const ask = (...args: string[]): Promise<Ran> =>
  run('npm', ['run', '--silent', 'new:site', '--', ...args], { cwd: copy, quiet: true });
const tool = (...args: string[]): Promise<Ran> => run('npx', args, { cwd: copy, quiet: true });
const read = (path: string) => readFile(join(copy, path), 'utf8');

/** What stands in the way of the new sites, of all that tests ask of a site. */
async function check(...args: string[]): Promise<Ran> {
  const tests = ['test/recipes.test.ts', 'test/detect/run.test.ts', 'test/detect/expectations.test.ts'];
  const config = { test: { include: tests, testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 1 } };
  await writeFile(join(copy, 'vitest.config.ts'), `export default ${JSON.stringify(config)}`);
  return tool('vitest', 'run', ...args);
}

test('two sites: type-checked, linted, and all that is asked of a site holds at once', async () => {
  const bare = (code: string) => code.replace(/\s/g, '').replaceAll(',]', ']');
  const before = bare(await read('utils/detect/sites/index.ts'));
  const mail = await ask(
    'acme-mail',
    '--host',
    'mail.acme.example',
    '--host',
    '*.acme-mail.example',
    '--label',
    'Acme Mail',
  );
  expect(mail).toMatchObject({ code: 0 });
  expect(mail.output).toContain('utils/detect/sites/acme-mail.ts');
  const more = await ask('bobs', '--host', 'bobs.acme.example', '--label', "Bob's Mail (self-hosted)");
  expect(more).toMatchObject({ code: 0 });

  const registry = await read('utils/detect/sites/index.ts');
  expect(registry).toMatch(/acmeMail,\s+bobs,/);
  // Nothing else is different.
  const gone = registry
    .replace(/^import \{ (?:acmeMail|bobs) \}.*\n/gm, '')
    .replace(/\s*(?:acmeMail|bobs),/g, '');
  expect(bare(gone)).toBe(before);

  const config = { extends: './tsconfig.json', include: ['utils/detect', 'utils/contract'] };
  await writeFile(join(copy, 'tsconfig.part.json'), JSON.stringify(config));
  expect(await tool('tsc', '--noEmit', '-p', 'tsconfig.part.json')).toMatchObject({ code: 0 });
  expect(
    await tool(
      'biome',
      'ci',
      ...['index', 'acme-mail', 'bobs'].map((id) => `utils/detect/sites/${id}.ts`),
      ...['acme-mail', 'bobs'].map((id) => `test/detect/${id}`),
      'server/routes/shipped-recipes.ts',
    ),
  ).toMatchObject({ code: 0 });
  const asked = await check('test/recipes.test.ts');
  expect(asked.code, asked.output).toBe(0);
  const ran = await check('test/detect', '-t', 'acme-mail|bobs');
  expect(ran.code, ran.output).toBe(0);
  // Four cases and an expectation of each.
  expect(ran.output).toMatch(/Tests .*10 passed/);
}, 240_000);

test.each([
  [['--host', 'a.example', '--label', 'A'], /One site at a time/],
  [['Acme', '--host', 'a.example', '--label', 'A'], /is no id/],
  [['../acme', '--host', 'a.example', '--label', 'A'], /is no id/],
  [['general', '--host', 'a.example', '--label', 'A'], /There is a site "general" already/],
  [['gmail', '--host', 'a.example', '--label', 'A'], /There is a site "gmail" already/],
  [['new', '--host', 'a.example', '--label', 'A'], /word of the language/],
  [['acme', '--label', 'A'], /Name its host/],
  [['acme', '--host', 'https://a.example/x', '--label', 'A'], /is no host/],
  [['acme', '--host', 'localhost', '--label', 'A'], /is no host/],
  [['acme', '--host', 'a.example:8080', '--label', 'A'], /is no host/],
  [['acme', '--host', 'mail.google.com', '--label', 'A'], /belongs to Gmail/],
  [['acme', '--host', 'a.example'], /What do people call it/],
  [['acme', '--host', 'a.example', '--label', 'A\n*/ export'], /What do people call it/],
  [['acme', '--hosts', 'a.example', '--label', 'A'], /--hosts[\s\S]+npm run new:site/],
])('refuses %j', async (args, why) => {
  const registry = await read('utils/detect/sites/index.ts');
  const { code, output } = await ask(...args);
  expect(code).toBe(1);
  expect(output).toMatch(why);
  expect(output, 'no stack').not.toMatch(/^\s+at /m);
  expect(await read('utils/detect/sites/index.ts')).toBe(registry);
  await expect(read('utils/detect/sites/acme.ts')).rejects.toThrow(/ENOENT/);
});

test('what is there already is never written over', async () => {
  await mkdir(join(copy, 'test/detect/half'), { recursive: true });
  await writeFile(join(copy, 'test/detect/half/message.html'), 'mine');
  const { code, output } = await ask('half', '--host', 'half.example', '--label', 'Half');
  expect(code).toBe(1);
  expect(output).toContain('test/detect/half/message.html is there already');
  expect(await read('test/detect/half/message.html')).toBe('mine');
  await expect(read('utils/detect/sites/half.ts')).rejects.toThrow(/ENOENT/);
});
