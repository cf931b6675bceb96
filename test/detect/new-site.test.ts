import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ran, run } from '../../scripts/run.ts';
import type { PageReport } from '../../utils/detect/types.ts';
import { launch, openContext, show } from './browser.ts';
import { bundle } from './bundle.ts';

/** `npm run new:site`, in a copy of what it reads and writes. */
const root = resolve(import.meta.dirname, '../..');
let copy: string;
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
  copy = await mkdtemp(join(tmpdir(), 'truce-new-site-'));
  const parts = [
    'package.json',
    'tsconfig.json',
    'biome.json',
    '.gitignore',
    'utils/contract',
    'utils/detect',
  ];
  const needed = ['scripts/new-site.ts', 'scripts/new-site-files.ts', 'test/detect/in-page.ts'];
  for (const path of [...parts, ...needed]) await cp(join(root, path), join(copy, path), { recursive: true });
  await mkdir(join(copy, '.git'));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(async () => {
  await browser?.close();
  await rm(copy, { recursive: true, force: true });
});

const ask = (...args: string[]): Promise<Ran> =>
  run('npm', ['run', '--silent', 'new:site', '--', ...args], { cwd: copy, quiet: true });
const tool = (...args: string[]): Promise<Ran> => run('npx', args, { cwd: copy, quiet: true });
const read = (path: string) => readFile(join(copy, path), 'utf8');

/** Whether the first case is found to show what it says. */
async function found(id: string): Promise<void> {
  const pages = new Map<string, string>();
  const page = await (await openContext(browser, pages)).newPage();
  const { url, expected } = JSON.parse(await read(`test/detect/${id}/message.json`));
  await show(page, url, await read(`test/detect/${id}/message.html`), pages);
  const script = await bundle(join(copy, 'test/detect/in-page.ts'), 'truceDetect');
  const { version, ...report } = await page.evaluate<PageReport>(`${script}; truceDetect.read()`);
  expect(version).toBeGreaterThan(2020_01_01_00);
  expect(report).toEqual(expected);
  await page.context().close();
}

test('two sites: type-checked, linted, and their first cases hold', async () => {
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
    await tool('biome', 'ci', ...['index', 'acme-mail', 'bobs'].map((id) => `utils/detect/sites/${id}.ts`)),
  ).toMatchObject({ code: 0 });
  await found('acme-mail');
  await found('bobs');
});

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
