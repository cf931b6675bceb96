import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { findBrowser } from './browsers.ts';
import { buildFolder, makeBuild } from './builds.ts';
import { lintPackage } from './lint-package.ts';
import { buildTwice } from './reproducible.ts';
import { endChildren, run } from './run.ts';

/**
 * Everything that has to hold, in order: `npm test`. The last line is `N passed, N failed`: Vitest's tests, and
 * one for each other stage. With names behind it (`npm test -- unit chromium`) only these stages run.
 */
interface Count {
  passed: number;
  failed: number;
  skipped: number;
}
interface Stage {
  name: string;
  /** Stages without which this one cannot say anything. */
  needs?: string[];
  work(): Promise<Count>;
}

const bin = (path: string) => resolve(import.meta.dirname, '../node_modules', path);
const PASSED: Count = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Count = { passed: 0, failed: 1, skipped: 0 };
const secondTries: string[] = [];
const reports = await mkdtemp(join(tmpdir(), 'truce-test-'));

const tool = (name: string, path: string, ...args: string[]): Stage => ({
  name,
  work: async () => ((await run(process.execPath, [bin(path), ...args])).code === 0 ? PASSED : FAILED),
});

const step = (name: string, task: () => unknown, needs: string[] = []): Stage => ({
  name,
  needs,
  work: async () => {
    try {
      console.log(String((await task()) ?? 'done'));
      return PASSED;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return FAILED;
    }
  },
});

const vitest = (project: string, needs: string[] = []): Stage => ({
  name: project,
  needs,
  work: async () => {
    const browser = needs.includes(`test build for ${project}`);
    const first = await runFiles(project, browser, []);
    // A real browser beside a busy machine: one file gets one more chance, and the summary says so.
    const [file, ...others] = first.failedFiles;
    if (!browser || !file || others.length > 0) return first.count;
    const again = await runFiles(project, browser, [file.path]);
    if (again.count.failed > 0) return first.count;
    secondTries.push(`${project}: ${file.path} passed only at its second try`);
    return {
      passed: first.count.passed - file.passed + again.count.passed,
      failed: 0,
      skipped: first.count.skipped - file.skipped + again.count.skipped,
    };
  },
});

async function runFiles(project: string, built: boolean, files: string[]) {
  const report = join(reports, `${project}${files.length}.json`);
  const { code } = await run(
    process.execPath,
    [
      bin('vitest/vitest.mjs'),
      ...['run', `--project=${project}`, '--reporter=default', '--reporter=json'],
      `--outputFile.json=${report}`,
      ...files,
    ],
    { env: built ? { TRUCE_BUILT: '1' } : {} },
  );
  return { count: await countOf(report, code), failedFiles: await failedFilesOf(report) };
}

/** Vitest's JSON report, as far as it is read here. */
interface FileResult {
  name: string;
  status: string;
  assertionResults: { status: string }[];
}

async function failedFilesOf(report: string) {
  if (!existsSync(report)) return [];
  const { testResults }: { testResults: FileResult[] } = JSON.parse(await readFile(report, 'utf8'));
  return testResults
    .filter((file) => file.status === 'failed')
    .map(({ name, assertionResults }) => {
      const passed = assertionResults.filter((each) => each.status === 'passed').length;
      const failed = assertionResults.filter((each) => each.status === 'failed').length;
      const path = relative(resolve(import.meta.dirname, '..'), name);
      return { path, passed, skipped: assertionResults.length - passed - failed };
    });
}

/** A run that ends badly without a failed test (a file that does not load, an error outside) is one failure. */
async function countOf(report: string, code: number): Promise<Count> {
  if (!existsSync(report)) return FAILED;
  const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(await readFile(report, 'utf8'));
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, code === 0 ? 0 : 1),
    skipped: numTotalTests - numPassedTests - numFailedTests,
  };
}

const STAGES: Stage[] = [
  step('find chromium', () => findBrowser('chromium')),
  step('find firefox', () => findBrowser('firefox')),
  tool('format and lint', '@biomejs/biome/bin/biome', 'ci', '.'),
  tool('types', 'typescript/bin/tsc', '--noEmit'),
  vitest('unit'),
  vitest('detect', ['find chromium']),
  vitest('screens', ['find chromium']),
  vitest('server'),
  step('build for chromium', () => makeBuild('chromium', 'shipped')),
  step('build for firefox', () => makeBuild('firefox', 'shipped')),
  step('web-ext lint', () => lintPackage(buildFolder('firefox', 'shipped')), ['build for firefox']),
  step('test build for chromium', () => makeBuild('chromium', 'test')),
  step('test build for firefox', () => makeBuild('firefox', 'test')),
  step('two builds, one hash', async () => {
    const hashes = Object.entries(await buildTwice());
    return hashes.map(([name, hash]) => `${hash}  ${name}`).join('\n');
  }),
  vitest('chromium', ['find chromium', 'build for chromium', 'test build for chromium']),
  vitest('firefox', ['find firefox', 'build for firefox', 'test build for firefox']),
];

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endChildren();
    process.exit(130);
  });
}

const only = process.argv.slice(2);
const results = new Map<string, Count>();
const lines: string[] = [];
for (const { name, needs = [], work } of STAGES) {
  if (only.length > 0 && !only.includes(name)) continue;
  const broken = needs.find((need) => results.get(need)?.failed);
  console.log(`\n── ${name}`);
  const start = performance.now();
  const count = broken === undefined ? await work() : FAILED;
  if (broken !== undefined) console.log(`not run: "${broken}" failed`);
  results.set(name, count);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  lines.push(`${name.padEnd(24)}${count.passed} passed, ${count.failed} failed${skipped} (${seconds} s)`);
}
await rm(reports, { recursive: true, force: true });

const sum = (pick: (count: Count) => number) =>
  [...results.values()].reduce((all, each) => all + pick(each), 0);
const failed = sum((each) => each.failed);
console.log(`\n── summary\n${lines.join('\n')}`);
if (sum((each) => each.skipped) > 0)
  console.log(`${sum((each) => each.skipped)} skipped: see the reasons above`);
for (const line of secondTries) console.log(line);
console.log(`${sum((each) => each.passed)} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
