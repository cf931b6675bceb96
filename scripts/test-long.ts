import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, type as system } from 'node:os';
import { resolve } from 'node:path';
import { run } from './run.ts';

/**
 * The long series (`npm run test:long`), of which `npm test` runs a cut (test/series.ts). What a project prints
 * goes to docs/results/long-<project>.txt, with the machine it was measured on; a run of one leaves what the
 * others said. `npm run test:long -- chromium refresh`: one project, and of it one file, into long-chromium-refresh.txt.
 */
const root = resolve(import.meta.dirname, '..');
const PROJECTS = ['unit', 'detect', 'screens', 'server', 'chromium', 'firefox'];
const asked = process.argv.slice(2);
const files = asked.filter((name) => !PROJECTS.includes(name));
const projects = PROJECTS.filter((name) => asked.length === files.length || asked.includes(name));
const folder = resolve(root, 'docs/results');
mkdirSync(folder, { recursive: true });

for (const project of projects) {
  const { code, output } = await run(
    process.execPath,
    [
      resolve(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--reporter=verbose', `--project=${project}`, ...files],
    ],
    { env: { TRUCE_LONG: '1', NO_COLOR: '1' } },
  );
  const command = ['npm run test:long --', project, ...files].join(' ');
  const today = new Date().toISOString().slice(0, 10);
  const machine = `Node ${process.versions.node}, ${system()}, ${cpus().length} cores`;
  writeFileSync(
    resolve(folder, `${['long', project, ...files].join('-')}.txt`),
    `${command}, ${today}, ${machine}\n\n${output.replaceAll(root, '.')}`,
  );
  if (code !== 0) process.exitCode = code;
}
