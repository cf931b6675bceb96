import type { Recipe, SiteView } from '../contract/recipe.ts';

/** Whether an address fits a pattern in which `*` stands for any run of characters. Linear: data never becomes a regex. */
export function fits(pattern: string, url: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!url.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return url === first;
  let at = first.length;
  for (const piece of rest) {
    const found = url.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return url.length - last.length >= at && url.endsWith(last);
}

/** What the recipe says a page at this address has to show. */
export function expectedViews({ expects = [] }: Recipe, url: string): SiteView[] {
  return expects.flatMap(({ view, where }) => (where.some((pattern) => fits(pattern, url)) ? [view] : []));
}
