const AT = /(?:^|\s)(?:at|bei|chez|bij|hos|presso)\s+|@/iu;
const END = /\s*[|•·,;()\n]\s*|\s[-–—]\s|\.(?=\s|$)/u;
/** Of several the first: `CEO of Acme & Sons of London`. */
const OF = /(?:^|\s)(?:of|von|de|der|di|för|van)\s+(.*)$/iu;
/** A name's words begin with capitals: `Acme & Sons of London says` ends at `London`. */
const NAME = /^[\p{Lu}\p{Lo}\d]\S*(?:\s+(?:[\p{Lu}\p{Lo}\d&]\S*|(?:and|und|et|y|of|de)(?=\s+\p{Lu})))*/u;
const MOST = 8;

/**
 * Names of companies that a headline, or the text behind a name, may hold, the likeliest first:
 * `Head of Sales at Acme | Speaker` → `Acme`, `Head of Sales`, `Speaker`, `Sales`; a company's name is one itself.
 * Each is tested and none is shown, so that one too many does no harm.
 */
export function companiesIn(text: string): string[] {
  const [before = '', ...after] = text
    .slice(0, 300)
    .replace(/[^\S\n]+/g, ' ')
    .split(AT);
  const ends = after.map((part) => part.split(END));
  const all = [
    after.length > 0 ? '' : text,
    ...ends.map(([first]) => first),
    ...before.split(END),
    ...ends.flatMap(([, ...rest]) => rest),
  ];
  const whole = all.flatMap((one) => one?.replace(/\s+/g, ' ').trim() || []);
  const parts = whole.flatMap((one) => [OF.exec(one)?.[1] ?? '', NAME.exec(one)?.[0] ?? '']);
  const inParts = parts.map((one) => NAME.exec(one)?.[0] ?? '');
  const names = [...whole, ...inParts].filter(({ length }) => length > 0 && length < 80);
  return [...new Set(names)].slice(0, MOST);
}
