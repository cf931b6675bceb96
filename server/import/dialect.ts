export const DELIMITERS = [',', ';', '\t', '|'] as const;

export interface Dialect {
  delimiter: string;
  /** Excel's `sep=;` takes the first line. */
  skipFirstLine: boolean;
}

/** @param sample the beginning of the file as text, without a byte order mark */
export function findDialect(sample: string): Dialect {
  const said = /^"?sep=(.)"?\r?\n/i.exec(sample);
  if (said?.[1]) return { delimiter: said[1], skipFirstLine: true };
  const lines = countDelimiters(sample);
  let best: Dialect = { delimiter: ',', skipFirstLine: false };
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.get(delimiter) ?? 0);
    const header = counts[0] ?? 0;
    const agree = counts.filter((count) => count === header).length / counts.length;
    const score = header === 0 ? 0 : agree * 100 + Math.min(header, 50);
    if (score > bestScore) {
      best = { delimiter, skipFirstLine: false };
      bestScore = score;
    }
  }
  return best;
}

/** How often each delimiter stands outside quotes, for the first records. */
function countDelimiters(sample: string): Map<string, number>[] {
  const records: Map<string, number>[] = [new Map()];
  let quoted = false;
  for (const char of sample) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '\n') {
      if (records.length === 50) break;
      records.push(new Map());
    } else {
      const record = records.at(-1);
      record?.set(char, (record.get(char) ?? 0) + 1);
    }
  }
  // The last one may be cut off, and blank lines say nothing.
  const whole = records.length > 1 ? records.slice(0, -1) : records;
  const filled = whole.filter((record) => record.size > 0);
  return filled.length > 0 ? filled : whole;
}
