import { pageProfile } from '../contract/network-key.ts';
import type { Recipe, SiteView } from '../contract/recipe.ts';
import type { Mark } from './marks.ts';
import type { PageReport } from './types.ts';

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
  const isOneOf = (patterns: string[] = []) => patterns.some((pattern) => fits(pattern, url));
  return expects.flatMap(({ view, where, unless }) => {
    const nobody = view === 'profile' && pageProfile(url) === undefined;
    return isOneOf(where) && !isOneOf(unless) && !nobody ? [view] : [];
  });
}

type Found = ReadonlySet<SiteView>;

/** Whether the message is not there that a page at this address has to show. */
export const missesMessage = (recipe: Recipe | undefined, url: string, found: Found): boolean =>
  recipe !== undefined && !found.has('message') && expectedViews(recipe, url).includes('message');

/**
 * Whether the recipe found what it should here, in the page or frame at this address, and else what it missed.
 * @param shown what is to be seen of people without the recipe
 */
export function judge(
  doc: Document,
  url: string,
  recipe: Recipe | undefined,
  found: Found,
  shown: readonly Mark[],
): Pick<PageReport, 'recipe' | 'missed'> {
  const { defaultView: view } = doc;
  const missed = recipe && view && missedView(view, url, recipe, found, shown);
  if (missed) return { recipe: 'missed', missed };
  // A draft may stand in the message's place: nobody knows then.
  return { recipe: found.size > 0 && !missesMessage(recipe, url, found) ? 'found' : 'none' };
}

function missedView(
  view: Window,
  url: string,
  recipe: Recipe,
  found: Found,
  shown: readonly Mark[],
): SiteView | undefined {
  // A frame that is put away shows nothing.
  if (view !== view.top && (view.innerWidth === 0 || view.innerHeight === 0)) return undefined;
  return expectedViews(recipe, url).find((one) => {
    if (found.has(one)) return false;
    // It may be empty, or stand beside the message's.
    if (one === 'list') return found.size === 0 && shown.some(isPerson);
    return one !== 'message' || !found.has('compose');
  });
}

const isPerson = ({ address, machine, why }: Mark): boolean =>
  !machine && (address !== undefined || why === 'profile-url');
