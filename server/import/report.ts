import { createWriteStream, type WriteStream } from 'node:fs';
import { access, constants, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export interface ReportLine {
  line: number;
  /** `refused`, `suppressed`: the row did not go in; `left out`: one value of it did not. */
  outcome: 'refused' | 'suppressed' | 'left out';
  column?: string;
  value?: string;
  reason: string;
}

/** Names what did not go in, beside the file: `contacts.csv.report.csv`. There is none when all went in. */
export class Report {
  readonly path: string;
  lines = 0;
  #stream: WriteStream | undefined;
  #failed: Error | undefined;

  private constructor(path: string) {
    this.path = path;
  }

  /** Where the file's folder cannot be written, the report goes to the system's folder for passing files. */
  static async open(file: string): Promise<Report> {
    const folder = dirname(file);
    const open = await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    );
    const report = new Report(join(open ? folder : tmpdir(), `${basename(file)}.report.csv`));
    await rm(report.path, { force: true });
    return report;
  }

  /** Waits when the disk is slower than the import. */
  async add({ line, outcome, column = '', value = '', reason }: ReportLine): Promise<void> {
    this.lines += 1;
    if (!this.#stream) {
      // With a byte order mark Excel reads it as UTF-8.
      this.#stream = createWriteStream(this.path, { mode: 0o600, flags: 'wx' });
      this.#stream.on('error', (error) => {
        this.#failed = error;
      });
      this.#stream.write('\ufeffline,outcome,column,value,reason\r\n');
    }
    const cells = [String(line), outcome, column, value, reason].map(quote);
    const stream = this.#stream;
    if (!stream.write(`${cells.join(',')}\r\n`) && !this.#failed)
      await new Promise<void>((done) => stream.once('drain', done).once('error', () => done()));
  }

  /** @throws when the report could not be written */
  async close(): Promise<void> {
    const stream = this.#stream;
    if (stream && !this.#failed) await new Promise<void>((done) => stream.end(() => done()));
    if (this.#failed)
      throw new Error(`The report ${this.path} could not be written.`, { cause: this.#failed });
  }
}

/** A spreadsheet would carry out what begins like a formula; behind an apostrophe it is text. */
const inert = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

const quote = (cell: string) => {
  const text = inert(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
