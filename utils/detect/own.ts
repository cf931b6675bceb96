import type { Recipe } from '../contract/recipe.ts';
import { findAddresses } from './address.ts';
import type { Marks } from './marks.ts';
import { ownByRecipe } from './recipe.ts';

/** A title of three parts names the account in one of them: `Inbox | ann@acme.com | Mail`. */
function inTitle(title: string): string[] {
  const parts = title.slice(0, 500).split(/\s[-–—|·]\s/);
  if (parts.length < 3) return [];
  return parts.flatMap((part) => {
    const one = findAddresses(part)[0];
    return one && one.end - one.start === part.trim().length ? one.address : [];
  });
}

function inPage(doc: Document, recipe: Recipe | undefined): string[] {
  const own = inTitle(doc.title);
  return recipe ? [...own, ...ownByRecipe(doc, recipe)] : own;
}

/** The user's own addresses on this page, and on the page that frames it when that can be read. */
export function ownAddresses(doc: Document, recipe: Recipe | undefined, marks: Marks): Set<string> {
  const own = inPage(doc, recipe);
  for (const list of marks.byNode.values()) {
    for (const mark of list) if (mark.own && mark.address !== undefined) own.push(mark.address);
  }
  try {
    const outer = doc.defaultView?.parent.document;
    if (outer && outer !== doc) own.push(...inPage(outer, recipe));
  } catch {
    // A frame of another origin.
  }
  return new Set(own);
}
