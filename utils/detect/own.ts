import type { Recipe } from '../contract/recipe.ts';
import { findAddresses } from './address.ts';
import type { Marks } from './marks.ts';
import { ownByRecipe } from './recipe.ts';

/**
 * A title of three parts names the account in one of them: `Inbox | ann@acme.com | Mail`. A name, before the last
 * part, only tells the user's own messages from others where there is no address: `Mail - Ann Lee - Outlook`.
 */
function inTitle(title: string): string[] {
  const parts = title.slice(0, 500).split(/\s[-–—|·]\s/);
  if (parts.length < 3) return [];
  const named = parts.flatMap((part) => {
    const one = findAddresses(part)[0];
    return one && one.end - one.start === part.trim().length ? one.address : [];
  });
  return named.length > 0 ? named : [parts.at(-2)?.trim() ?? ''];
}

function* inPage(doc: Document, recipe: Recipe | undefined): Generator<undefined, string[]> {
  const own = inTitle(doc.title);
  return recipe ? [...own, ...(yield* ownByRecipe(doc, recipe))] : own;
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
