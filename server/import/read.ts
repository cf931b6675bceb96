import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { findDialect } from './dialect.ts';
import type { Inspected } from './inspect.ts';
import { type BadLine, type CsvRecord, RecordReader } from './records.ts';
import { ImportRefusal } from './refusal.ts';

export interface Table {
  header: string[];
  delimiter: string;
  /** Records in chunks as they are read; each is used before the next is asked for. */
  rows(): AsyncGenerator<{ records: (CsvRecord | BadLine)[]; bytes: number }>;
}

const SAMPLE = 65_536;

/** Text of the file from its beginning; old Mac line ends become ordinary ones. */
async function* textOf(file: Inspected): AsyncGenerator<{ text: string; bytes: number; last: boolean }> {
  const decoder = iconv.getDecoder(file.encoding, { stripBOM: true });
  let bytes = 0;
  let oldMac: boolean | undefined;
  const clean = (text: string) => {
    oldMac ??= text === '' ? undefined : text.includes('\r') && !text.includes('\n');
    const lines = oldMac ? text.replaceAll('\r', '\n') : text;
    return lines.includes('\0') ? lines.replaceAll('\0', '') : lines;
  };
  for await (const chunk of createReadStream(file.path, { highWaterMark: SAMPLE }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    yield { text: clean(decoder.write(chunk)), bytes, last: false };
  }
  yield { text: clean(decoder.end() ?? ''), bytes, last: true };
}

/** Reads the column names. @throws ImportRefusal when there are none, or nothing below them */
export async function openTable(file: Inspected): Promise<Table> {
  let sample = '';
  for await (const { text } of textOf(file)) {
    sample += text;
    if (sample.length >= SAMPLE) break;
  }
  const dialect = findDialect(sample);
  const body = dialect.skipFirstLine ? sample.slice(sample.indexOf('\n') + 1) : sample;
  const first = new RecordReader(dialect.delimiter, 1).read(body, true).find((record) => 'cells' in record);
  const header = first?.cells.map((cell) => cell.trim()) ?? [];
  while (header.at(-1) === '') header.pop();
  if (header.length === 0) throw new ImportRefusal(`${file.path} has no column names in its first line.`);
  return {
    header,
    delimiter: dialect.delimiter,
    async *rows() {
      const reader = new RecordReader(dialect.delimiter, 1);
      reader.columns = first?.cells.length;
      let skip = dialect.skipFirstLine ? 2 : 1;
      for await (const { text, bytes, last } of textOf(file)) {
        const records = reader.read(text, last);
        const fresh = records.slice(skip);
        skip -= records.length - fresh.length;
        yield { records: fresh, bytes };
      }
    },
  };
}
