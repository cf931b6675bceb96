import { pathToFileURL } from 'node:url';

/** One measured figure. `goal` as people read it: `≤ 100`. */
export type Report = (name: string, value: number, unit: string, goal?: string) => void;

/** Three significant digits, without an exponent. */
function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}

/** Runs one bench file in this process: `node test/bench/run.ts FILE`. */
if (import.meta.main) {
  const { bench } = (await import(pathToFileURL(process.argv[2] ?? '').href)) as {
    bench?: (report: Report) => unknown;
  };
  if (!bench) throw new Error(`${process.argv[2]} exports no bench(report)`);
  await bench((name, value, unit, goal = '') => {
    console.log([name, short(value), unit, goal].join('\t'));
  });
  process.exit(0);
}
