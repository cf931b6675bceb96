import { writeFile } from 'node:fs/promises';
import type { SingleBar } from 'cli-progress';
import { FIELDS } from './fields.ts';
import type { Unrecognised } from './prepare.ts';
import type { Outcome, Progress } from './run.ts';

const count = (value: number) => value.toLocaleString('en-GB');

/** A bar where somebody looks at it, else a line every 10,000 rows. */
export async function startProgress(): Promise<{ show(progress: Progress): void; stop(): void }> {
  if (!process.stderr.isTTY) {
    let told = 0;
    return {
      show({ rows }) {
        if (rows - told < 10_000) return;
        told = rows;
        console.error(`${count(rows)} rows so far`);
      },
      stop() {},
    };
  }
  const { default: progress } = await import('cli-progress');
  const bar: SingleBar = new progress.SingleBar(
    {
      format: '{bar} {percentage}%  {rows} rows  {eta_formatted} left',
      hideCursor: true,
      clearOnComplete: true,
    },
    progress.Presets.shades_grey,
  );
  let started = false;
  return {
    show({ bytes, of, rows }) {
      if (!started) bar.start(of, 0, { rows: 0 });
      started = true;
      bar.update(Math.min(bytes, of), { rows: count(rows) });
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

/** The last lines of an import. */
export function summary(path: string, outcome: Outcome): string {
  const { read, added, changed, unchanged, refused, suppressed, remarks, unknown, report } = outcome;
  const lines = [
    `${count(read)} rows read from ${path}`,
    `${count(added)} added, ${count(changed)} changed, ${count(unchanged)} unchanged, ${count(refused)} refused`,
  ];
  if (suppressed > 0)
    lines.push(`${count(suppressed)} left out: these people were erased and must not come back`);
  if (remarks + unknown > 0) lines.push(`${count(remarks + unknown)} single values left out`);
  lines.push(
    report === undefined
      ? 'Everything went in; there is no report.'
      : `What did not go in, and why: ${report}`,
  );
  return lines.join('\n');
}

/** Shows the columns and what they may hold, and writes a mapping to start from. */
export async function explain(path: string, error: Unrecognised): Promise<string> {
  const { header, guess } = error;
  const width = Math.min(40, Math.max(...header.map((column) => column.length)));
  const rows = header.map((column) => `  ${column.padEnd(width)}  ${guess.columns[column] || '(left out)'}`);
  const target = `${path}.mapping.json`;
  const wrote = await writeFile(target, `${JSON.stringify(guess, null, 2)}\n`, { flag: 'wx' }).then(
    () => `A mapping to start from is in ${target}.`,
    (cause: NodeJS.ErrnoException) =>
      cause.code === 'EEXIST'
        ? `There is a mapping in ${target} already; it was left as it is.`
        : `${target} could not be written; this is the mapping:\n${JSON.stringify(guess, null, 2)}`,
  );
  return [
    error.message,
    'Its columns, and what they seem to hold:',
    ...rows,
    '',
    wrote,
    'Edit it, then run',
    `  npm run import -- ${path} --mapping ${target} --save-mapping NAME`,
    `A column can hold: ${Object.keys(FIELDS).join(', ')}.`,
  ].join('\n');
}
