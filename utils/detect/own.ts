import type { Recipe } from '../contract/recipe.ts';
import { findAddresses } from './address.ts';
import type { Marks } from './marks.ts';
import { ownByRecipe, TITLE } from './recipe.ts';

/**
 * What a mail site's title says of the account, before the site's own name: `Plans - ann@acme.com - Gmail`. Whatever
 * stands before that is a subject, in which anybody may write anything. A name only tells the user's own messages
 * from others where there is no address: `Mail - Ann Lee - Outlook`.
 */
function inTitle(title: string): string[] {
  const parts = title.slice(-300).split(/\s[-–—|·]\s/);
  const part = parts.length > 2 ? parts.at(-2)?.trim() : undefined;
  if (!part) return [];
  const [one] = findAddresses(part);
  return [one && one.end - one.start === part.length ? one.address : part];
}

function* inPage(doc: Document, recipe: Recipe | undefined): Generator<undefined, string[]> {
  if (!recipe) return [];
  const titled = recipe.own?.some(({ selector }) => selector === TITLE);
  return [...(titled ? inTitle(String(doc.title)) : []), ...(yield* ownByRecipe(doc, recipe))];
}

/** The user's own addresses, and names, on this page and on those that frame it when they can be read. */
export function* ownAddresses(
  doc: Document,
  recipe: Recipe | undefined,
  marks: Marks,
): Generator<undefined, Set<string>> {
  const own = yield* inPage(doc, recipe);
  for (const list of marks.byNode.values()) {
    for (const mark of list) if (mark.own && mark.address !== undefined) own.push(mark.address);
  }
  try {
    for (let view = doc.defaultView, n = 0; view && view !== view.parent && n < 5; n++) {
      view = view.parent as Window & typeof globalThis;
      own.push(...(yield* inPage(view.document, recipe)));
    }
  } catch {
    // A frame of another origin.
  }
  return new Set(own);
}
