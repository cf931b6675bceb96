import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, type as system } from 'node:os';
import { resolve } from 'node:path';
import { run } from './run.ts';

/**
 * The long series (`npm run test:long`): tests that read TRUCE_LONG=1 repeat what they do many times. What they
 * print goes to docs/results/long.txt, with the machine it was measured on.
 */
const root = resolve(import.meta.dirname, '..');
const projects = process.argv.slice(2);
const { code, output } = await run(
  process.execPath,
  [
    resolve(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=verbose',
    ...(projects.length > 0 ? projects : ['server', 'chromium']).map((name) => `--project=${name}`),
  ],
  { env: { TRUCE_LONG: '1', NO_COLOR: '1' } },
);
mkdirSync(resolve(root, 'docs/results'), { recursive: true });
writeFileSync(
  resolve(root, 'docs/results/long.txt'),
  `npm run test:long, ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${system()}, ${cpus().length} cores\n\n${output.replaceAll(root, '.')}`,
);
process.exit(code);
