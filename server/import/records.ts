import { parse } from 'csv-parse/sync';

/** One record of the file, with the line it begins on. */
export interface CsvRecord {
  line: number;
  cells: string[];
  /** A quote stands where none belongs; it was read as a letter. */
  relaxed?: true;
}

/** A line that cannot be read. */
export interface BadLine {
  line: number;
  reason: string;
}

interface Raw {
  line: number;
  text: string;
  relaxed?: true;
}

/** A quoted cell that is longer than this was not closed. */
const RECORD_MAX = 65_536;

/**
 * Cuts text into records and reads their cells. A quote that is never closed costs its own line only: what
 * follows is read again from the next line, so one slip does not swallow the file.
 */
export class RecordReader {
  #rest = '';
  #line = 1;
  readonly #delimiter: string;
  /** How many cells a record has: tells a cell of several lines from one that was not closed. */
  columns: number | undefined;

  constructor(delimiter: string, firstLine: number) {
    this.#delimiter = delimiter;
    this.#line = firstLine;
  }

  /** Takes more text; `last` when there is none after it. */
  read(text: string, last: boolean): (CsvRecord | BadLine)[] {
    this.#rest += text;
    const raws: Raw[] = [];
    const bad: BadLine[] = [];
    let start = 0;
    for (;;) {
      const cut = this.#next(start, last);
      if (cut === undefined) break;
      const { end, stop, lines } = cut;
      const raw = this.#rest.slice(start, end).replace(/\r$/, '');
      if (cut.reason !== undefined) bad.push({ line: this.#line, reason: cut.reason });
      else if (raw.trim() !== '')
        raws.push({ line: this.#line, text: raw, ...(cut.relaxed && { relaxed: true }) });
      this.#line += lines;
      start = stop;
    }
    this.#rest = this.#rest.slice(start);
    const records: (CsvRecord | BadLine)[] = [...this.#cells(raws), ...bad];
    return bad.length > 0 ? records.sort((a, b) => a.line - b.line) : records;
  }

  /** Where the record that begins at `start` ends, and where the next one begins. */
  #next(
    start: number,
    last: boolean,
  ): { end: number; stop: number; lines: number; relaxed?: true; reason?: string } | undefined {
    const text = this.#rest;
    if (start >= text.length) return undefined;
    const newline = text.indexOf('\n', start);
    if (newline === -1 && !last) return undefined;
    const lineEnd = newline === -1 ? text.length : newline;
    const stop = newline === -1 ? text.length : newline + 1;
    const quote = text.indexOf('"', start);
    if (quote === -1 || quote >= lineEnd) return { end: lineEnd, stop, lines: 1 };
    const found = this.#walk(start);
    if (found.end === 'text' && !last) return undefined;
    const open = found.end === 'limit' || (found.end === 'text' && found.quoted);
    const wrong = this.columns !== undefined && found.columns !== this.columns;
    if (open || (found.lines > 1 && (found.stray || wrong))) {
      return { end: lineEnd, stop, lines: 1, reason: 'a quote is opened on this line and not closed' };
    }
    const end = found.end === 'line' ? found.stop - 1 : found.stop;
    return { end, stop: found.stop, lines: found.lines, ...(found.stray && { relaxed: true }) };
  }

  /** Walks one record with its quotes, as csv-parse reads them, to the end of a line, the text or its patience. */
  #walk(start: number): {
    end: 'line' | 'text' | 'limit';
    stop: number;
    lines: number;
    columns: number;
    stray: boolean;
    quoted: boolean;
  } {
    const text = this.#rest;
    const limit = Math.min(text.length, start + RECORD_MAX + 2);
    let lines = 1;
    let columns = 1;
    let stray = false;
    let quoted = false;
    let fresh = true;
    for (let at = start; at < limit; at += 1) {
      const char = text[at];
      if (quoted) {
        if (char === '\n') lines += 1;
        if (char !== '"') continue;
        const next = text[at + 1];
        if (next === '"') at += 1;
        else {
          quoted = false;
          stray ||= !(next === undefined || next === '\n' || next === '\r' || next === this.#delimiter);
        }
      } else if (char === '\n') {
        return { end: 'line', stop: at + 1, lines, columns, stray, quoted };
      } else if (char === this.#delimiter) {
        columns += 1;
        fresh = true;
        continue;
      } else if (char === '"') {
        if (fresh) quoted = true;
        else stray = true;
      }
      fresh = false;
    }
    return { end: limit === text.length ? 'text' : 'limit', stop: limit, lines, columns, stray, quoted };
  }

  #cells(raws: Raw[]): CsvRecord[] {
    const rows = this.#parse(raws.map((raw) => raw.text).join('\n'));
    if (rows.length === raws.length) return raws.map((raw, place) => this.#record(raw, rows[place] ?? []));
    return raws.map((raw) => this.#record(raw, this.#parse(raw.text).flat()));
  }

  #record({ line, relaxed }: Raw, cells: string[]): CsvRecord {
    return { line, cells, ...(relaxed && { relaxed }) };
  }

  #parse(text: string): string[][] {
    return parse(text, {
      delimiter: this.#delimiter,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: '\n',
    });
  }
}
