const AT = /(?:^|\s)(?:at|bei|chez|bij|hos|presso)\s+|@/iu;
const END = /\s*[|•·,;()]\s*|\s[-–—]\s/u;
const MOST = 6;

/**
 * Names of companies that a headline may hold, the likeliest first: `Head of Sales at Acme | Speaker` → `Acme`,
 * `Head of Sales`, `Speaker`; a company's name is one itself. Each is tested and none is shown, so that one too many
 * does no harm.
 */
export function companiesIn(text: string): string[] {
  const [before = '', ...after] = text.slice(0, 300).replace(/\s+/g, ' ').split(AT);
  const ends = after.map((part) => part.split(END));
  const all = [
    after.length > 0 ? '' : text,
    ...ends.map(([first]) => first),
    ...before.split(END),
    ...ends.flatMap(([, ...rest]) => rest),
  ];
  const names = all.flatMap((one) => one?.trim() || []).filter(({ length }) => length < 80);
  return [...new Set(names)].slice(0, MOST);
}
