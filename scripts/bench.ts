import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endChildren, run } from './run.ts';

/**
 * Runs every bench of test/bench, each in a process of its own: `npm run bench`, or `npm run bench -- panel`.
 * Prints `name, value, unit, goal`, tab-separated. Ends with 1 when a bench broke or missed its goal.
 */
const folder = resolve(import.meta.dirname, '../test/bench');
const only = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && exportsBench(join(folder, name)))
  .filter((name) => only.length === 0 || only.includes(name.replace(/(\.bench)?\.ts$/, '')))
  .sort();

function exportsBench(file: string): boolean {
  return /^export (?:async )?(?:function|const) bench\b/m.test(readFileSync(file, 'utf8'));
}

/** Whether a line's value keeps its goal, `≤ N` or `≥ N`; true when it has none. */
function kept(line: string): boolean {
  const [, value, , goal = ''] = line.split('\t');
  const [, sign, limit] = /^(≤|≥)\s*([\d.]+)/.exec(goal) ?? [];
  if (!sign) return true;
  return sign === '≤' ? Number(value) <= Number(limit) : Number(value) >= Number(limit);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endChildren();
    process.exit(130);
  });
}

let broken = 0;
for (const name of files) {
  console.log(`# ${name}`);
  const { code, output } = await run(process.execPath, [
    '--expose-gc',
    join(folder, 'run.ts'),
    join(folder, name),
  ]);
  const missed = output.split('\n').filter((line) => line.includes('\t') && !kept(line));
  if (code !== 0) console.log(`# ${name} did not finish (${code})`);
  for (const line of missed) console.log(`# missed: ${line.split('\t')[0]}`);
  broken += missed.length + (code === 0 ? 0 : 1);
}
process.exit(broken > 0 ? 1 : 0);
