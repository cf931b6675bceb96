import type { Dated, PersonMark, Recipe } from '../contract/recipe.ts';
import { OBSERVED } from './changes.ts';

const COUNT_MAX = 100;

type Entry = Dated & Partial<PersonMark>;

/** The attributes that a recipe's selectors and people go by: a change of one may be another message. */
export function pointedAt(recipe: Recipe): string[] {
  const entries = Object.values(recipe).flatMap((part): Entry[] =>
    Array.isArray(part) ? part.filter((one) => typeof one === 'object' && 'selector' in one) : [],
  );
  const names = entries.flatMap((entry) => {
    const { selector, addressIn, nameIn, profileIn, companyIn, address, name, profile } = entry;
    const inside = [selector, addressIn, nameIn, profileIn, companyIn].join();
    return [
      ...Array.from(inside.matchAll(/\[\s*([a-z][\w-]*)/gi), ([, one]) => one),
      ...(/[.]/.test(inside) ? ['class'] : []),
      ...(inside.includes('#') ? ['id'] : []),
      ...[address, name, profile],
    ];
  });
  return [...new Set(names.flatMap((one) => one || []))].slice(0, COUNT_MAX);
}

const byRecipe = new WeakMap<Recipe, MutationObserverInit>();

/** What is listened to on a page that a recipe fits. */
export function observedBy(recipe: Recipe): MutationObserverInit {
  let options = byRecipe.get(recipe);
  if (!options) {
    options = {
      ...OBSERVED,
      attributeFilter: [...new Set([...(OBSERVED.attributeFilter ?? []), ...pointedAt(recipe)])],
    };
    byRecipe.set(recipe, options);
  }
  return options;
}
