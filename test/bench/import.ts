import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { startPostgres } from '../../server/postgres.ts';
import { createSample } from '../../server/sample/sample.ts';
import { openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';

const ROWS = 100_000;
const STAGES = ['Lead', 'Subscriber', 'Marketing Qualified Lead', 'Customer'];

/** 100,000 people of 10,000 companies from a HubSpot export into an embedded PostgreSQL, with cards and tags. */
export async function bench(
  report: (name: string, value: number, unit: string, goal: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  await chmod(folder, 0o755);
  const file = join(folder, 'contacts.csv');
  await writeExport(file);
  const postgres = await startPostgres({ folder: join(folder, 'data') });
  try {
    await migrate(postgres.url);
    const db = openDatabase(postgres.url, 4);
    await createSample(db, new Date());
    await db.close();
    const first = await runCommand(file, postgres.url, /^100,000 added, 0 changed/m);
    const again = await runCommand(file, postgres.url, /^0 added, 0 changed, 100,000 unchanged/m);
    report('import 100,000 rows', first.seconds, 's', '≤ 60');
    report('import them again, nothing changed', again.seconds, 's', '');
    report('memory of the import at its peak', Math.max(first.megabytes, again.megabytes), 'MB', '≤ 300');
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const Scripts = v.object({ scripts: v.object({ import: v.pipe(v.string(), v.regex(/^node /)) }) });

/** Runs what `npm run import` runs, start and end of the process included. @throws when it did not say `expected` */
async function runCommand(file: string, databaseUrl: string, expected: RegExp) {
  const root = resolve(import.meta.dirname, '../..');
  const { scripts } = v.parse(Scripts, JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const told = "process.on('exit',()=>console.log('maxRSS',process.resourceUsage().maxRSS))";
  const args = ['--import', `data:text/javascript,${told}`, ...scripts.import.split(' ').slice(1), file];
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  const [code] = await once(child, 'close');
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const kilobytes = Number(/^maxRSS (\d+)$/m.exec(said)?.[1]);
  if (code !== 0 || !expected.test(said) || !(kilobytes > 0))
    throw new Error(`[bench] the import said: ${said}`);
  return { seconds, megabytes: Math.round(kilobytes / 1024) };
}

async function writeExport(file: string): Promise<void> {
  const stream = createWriteStream(file);
  stream.write(
    'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Job Title,Company Name,Lifecycle Stage,Create Date,Last Modified Date,Last Activity Date,Associated Company IDs (Primary)\n',
  );
  for (let n = 0; n < ROWS; n += 1) {
    const company = n % (ROWS / 10);
    const row = `${1000 + n},Given${n % 97},Family${n},p${n}@firm${company}.example,+44 20 ${1_000_000 + n},${n % 3 ? 'Raj Patel' : 'Mia Lindgren'},"Head, Planning",Firm${company} Ltd,${STAGES[n % 4]},2024-01-02 09:10,2026-0${1 + (n % 9)}-11 10:00,${n % 2 ? '2026-05-06 12:00' : ''},${5000 + company}\n`;
    if (!stream.write(row)) await new Promise<void>((done) => stream.once('drain', () => done()));
  }
  await new Promise<void>((done) => stream.end(() => done()));
}
