import { briefText } from './brief.ts';
import { rootOf } from './marks.ts';
import { tidy } from './name.ts';
import type { Placed } from './recipe.ts';
import { isVast } from './walk.ts';

/** Whom a page is about that has one heading, a name, and one address of somebody of that name. Else nobody. */
export function headliner(doc: Document, placed: Placed[], visible: (element: Element) => boolean): Placed[] {
  const root = rootOf(doc);
  // To find no second one, the browser goes through the whole page.
  if (!root || isVast(root)) return [];
  const [heading, another] = doc.getElementsByTagName('h1');
  if (!heading || another || !visible(heading)) return [];
  const name = tidy(briefText(heading, 100));
  const about = placed.filter((mark) => mark.address !== undefined && mark.name === name && !mark.machine);
  return new Set(about.map(({ key }) => key)).size === 1 ? about : [];
}
