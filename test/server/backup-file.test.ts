import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEAD_BYTES, readBackup } from '../../server/backup/header.ts';
import { restoreBackup } from '../../server/backup/restore.ts';
import { writeBackup } from '../../server/backup/write.ts';
import { createSample } from '../../server/sample/sample.ts';
import { migrate } from '../../server/store/migrate.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { allRows, withoutLife } from './rows.ts';

let folder: string;
let database: TestDatabase;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truce-backup-'));
  database = await createTestDatabase();
  await createSample(database.db, new Date());
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

test('what is no backup, cut short, tampered with or newer is refused, and leaves the database empty', async () => {
  await writeBackup(database.url, file('good'));
  const good = await readFile(file('good'));
  const flipped = (at: number) => {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const head = good.subarray(0, HEAD_BYTES).toString('latin1');
  const rewritten = (change: (json: string) => string) => {
    const rest = head.slice(13 + 65);
    const json = change(rest.trimEnd());
    const text = `${json}${'\n'.repeat(rest.length - json.length)}`;
    const digest = createHash('sha256').update(text, 'latin1').digest('hex');
    return Buffer.concat([
      Buffer.from(`TRUCE BACKUP\n${digest}\n${text}`, 'latin1'),
      good.subarray(HEAD_BYTES),
    ]);
  };
  const rows = (await readBackup(file('good'))).tables.find(({ name }) => name === 'contact')?.rows ?? 0;
  const cases: [string, Buffer, string][] = [
    ['empty', Buffer.alloc(0), 'is not a backup'],
    ['other', Buffer.from('PK\u0003\u0004 something else'), 'is not a backup'],
    ['head', good.subarray(0, 1000), 'cut short'],
    ['half', good.subarray(0, Math.floor(good.length / 2)), 'cut short'],
    ['last-byte', good.subarray(0, -1), 'cut short'],
    ['longer', Buffer.concat([good, Buffer.from('x')]), 'is damaged'],
    ['body', flipped(good.length - 100), 'is damaged'],
    ['header', flipped(100), 'is damaged'],
    ['format', rewritten((json) => json.replace('"format":1', '"format":2')), 'newer Truce'],
    [
      'migration',
      rewritten((json) => json.replace(/"(\d{4}-[a-z-]+)"\]/, '"$1","9999-later"]')),
      'newer Truce',
    ],
    [
      'count',
      rewritten((json) => json.replace(`"contact","rows":${rows}`, `"contact","rows":${rows + 1}`)),
      `${rows} of ${rows + 1} rows of "contact"`,
    ],
  ];
  const other = await createTestDatabase({ empty: true });
  for (const [name, bytes, words] of cases) {
    await writeFile(file(name), bytes);
    await expect(restoreBackup(other.url, file(name)), name).rejects.toThrow(words);
  }
  await expect(restoreBackup(other.url, file('absent'))).rejects.toThrow('there is no such file');
  // None of them left a row or a half: the good one still goes in.
  await restoreBackup(other.url, file('good'));
  expect(withoutLife(await allRows(other.url))).toEqual(withoutLife(await allRows(database.url)));
  await other.drop();
});

const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);

/** A way to the database on which the end of the rows comes some time before the number of them. */
async function slowly(url: string): Promise<{ url: string; close(): void }> {
  const to = new URL(url);
  const databasePort = Number(to.port);
  const server = createServer((client) => {
    const upstream = connect(databasePort, to.hostname);
    client
      .pipe(upstream)
      .pipe(
        new Transform({
          async transform(chunk: Buffer, _, done) {
            const end = chunk.indexOf(COPY_DONE) + COPY_DONE.length;
            if (end >= COPY_DONE.length) {
              this.push(chunk.subarray(0, end));
              await new Promise((later) => setTimeout(later, 5));
            }
            done(null, end >= COPY_DONE.length ? chunk.subarray(end) : chunk);
          },
        }),
      )
      .pipe(client);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  to.port = String(port);
  return { url: to.href, close: () => server.close() };
}

test('the header counts what is in it, also when the rows come before their number', async () => {
  const way = await slowly(database.url);
  const { tables } = await writeBackup(way.url, file('slowly'));
  way.close();
  const rows = Object.entries(await allRows(database.url)).map(([name, all]) => [name, all.length]);
  expect(Object.fromEntries(tables.map((table) => [table.name, table.rows]))).toEqual(
    Object.fromEntries(rows),
  );
});

test('a restore goes into an empty database only', async () => {
  await writeBackup(database.url, file('second'));
  const before = await allRows(database.url);
  await expect(restoreBackup(database.url, file('second'))).rejects.toThrow('is not empty');
  expect(await allRows(database.url)).toEqual(before);
  const foreign = await createTestDatabase({ empty: true });
  await foreign.asOwner('create table somebody_elses (id int)');
  await expect(restoreBackup(foreign.url, file('second'))).rejects.toThrow('is not empty');
  await expect(writeBackup(foreign.url, file('foreign'))).rejects.toThrow('nothing of Truce');
  await foreign.drop();
});

test('a file that is there, or cannot be written, is said and nothing is left', async () => {
  await writeFile(file('there'), 'precious');
  await expect(writeBackup(database.url, file('there'))).rejects.toThrow('is there already');
  expect(await readFile(file('there'), 'utf8')).toBe('precious');
  await expect(writeBackup(database.url, file('nowhere/x'))).rejects.toThrow('its folder is not there');
});

test.runIf(process.platform !== 'win32')('a disk that is full is said, and nothing is left', async () => {
  // A limit on the size of files ends the write in the same way, and needs no disk of its own.
  const command = `ulimit -f 40; exec "${process.execPath}" server/backup/main.ts backup "${file('full')}"`;
  const child = spawn('sh', ['-c', command], {
    env: { PATH: process.env.PATH, DATABASE_URL: database.url },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((done) => child.once('close', done));
  expect(said).toContain('was not written: the file may not become that large');
  expect(code).toBe(1);
  expect((await readdir(folder)).filter((name) => name.startsWith('full'))).toEqual([]);
});

test('what a restore that was killed has left is gone on with', async () => {
  await writeBackup(database.url, file('again'));
  const other = await createTestDatabase({ empty: true });
  await migrate(other.url);
  await restoreBackup(other.url, file('again'));
  expect(withoutLife(await allRows(other.url))).toEqual(withoutLife(await allRows(database.url)));
  await other.drop();
});
