const END = Buffer.from('\\.\n');
const END_AFTER_ROW = Buffer.from('\n\\.\n');
const NEWLINE = 10;

export interface Section {
  table: string;
  columns: string[];
  /** Whole lines, as COPY reads them. To be read to its end before the next section. */
  rows: AsyncIterable<Buffer>;
}

/** Takes a backup's text apart, table by table, without ever holding more than a piece of it. */
export async function* readSections(body: AsyncIterable<Buffer>): AsyncGenerator<Section> {
  const pieces = body[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  const more = async (): Promise<boolean> => {
    const next = await pieces.next();
    if (next.done) return false;
    rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    return true;
  };
  const need = async (): Promise<void> => {
    if (!(await more())) throw new Error('[backup] the rows end in the middle of a table');
  };

  async function* rows(): AsyncGenerator<Buffer> {
    // `rest` starts at a line. A row never reads `\.`: COPY writes a backslash as two.
    while (!rest.subarray(0, END.length).equals(END)) {
      const end = rest.indexOf(END_AFTER_ROW);
      const whole = (end >= 0 ? end : rest.lastIndexOf(NEWLINE)) + 1;
      if (whole === 0) {
        await need();
        continue;
      }
      const lines = rest.subarray(0, whole);
      rest = rest.subarray(whole);
      yield lines;
    }
    rest = rest.subarray(END.length);
  }

  while (rest.length > 0 || (await more())) {
    const end = rest.indexOf(NEWLINE);
    if (end < 0) {
      await need();
      continue;
    }
    const heading = rest.subarray(0, end).toString();
    rest = rest.subarray(end + 1);
    yield { ...parseHeading(heading), rows: rows() };
  }
}

function parseHeading(line: string): Pick<Section, 'table' | 'columns'> {
  const [, table, list] = /^COPY "(\w+)" \(([\w", ]+)\) FROM stdin;$/.exec(line) ?? [];
  if (table === undefined || list === undefined) throw new Error('[backup] a table has no heading');
  return { table, columns: list.split(', ').map((name) => name.slice(1, -1)) };
}
