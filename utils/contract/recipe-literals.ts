import type { Recipe } from './recipe.ts';

/** `[title*="@" i]`: which attribute, and which value it is asked for. */
const VALUE =
  /\[\s*(-?[a-z_][\w-]*)\s*[~|^$*]?=\s*(?:"([^"\\]*)"|'([^'\\]*)'|([\w-]+))\s*(?:(?<=["'\s])[is]\s*)?\]/gi;
/** Attributes in which a site writes what something is, and not what it says or whose it is. */
const STRUCTURE =
  /^(?:class|id|role|type|rel|slot|part|dir|itemprop|itemtype|contenteditable|tabindex|aria-(?:expanded|level|selected|hidden|checked|current|pressed|haspopup|modal|multiline|live|disabled|readonly)|data-(?:test|qa|cy\b|tid\b|automation|anonymize\b|view-name\b|i18n\b|type\b)[\w-]*|ng-[\w-]+)$/;
/** `@`, `/`, `mailto:`. */
const PLAIN = /^(?:mailto:|tel:|https?:\/\/|[\s!-/:-@[-`{-~]*)$/;

/** Each `attribute=value` that a selector asks for, and whatever of it cannot be told. */
function asked(selector: string): { values: [attribute: string, value: string][]; rest: string } {
  const values: [string, string][] = [];
  const rest = selector.replace(VALUE, (_, attribute: string, ...found: (string | undefined)[]) => {
    values.push([attribute.toLowerCase(), found[0] ?? found[1] ?? found[2] ?? '']);
    return '';
  });
  return { values, rest };
}

/** Every selector of a recipe, and every text that an address has to follow. */
function partsOf(recipe: Recipe): { selectors: string[]; texts: string[] } {
  const entries = Object.values(recipe).flatMap((part): unknown[] => (Array.isArray(part) ? part : []));
  const fields = entries.flatMap((entry): [string, unknown][] =>
    typeof entry === 'object' && entry !== null ? Object.entries(entry) : [],
  );
  const of = (name: RegExp) =>
    fields.flatMap(([key, value]) => (name.test(key) && typeof value === 'string' ? value : []));
  return { selectors: of(/^selector$|In$/), texts: of(/^after$/) };
}

/**
 * The first thing in a served recipe that would ask what a page says, in words for whoever wrote it. Whether a selector
 * finds anything is told to the server in the end, so that one may only say where: it asks for tags, classes, ids and
 * what a site's own attributes are for, or for what the shipped recipe asks for.
 */
export function textAskedFor(served: Recipe, shipped: Recipe): string | undefined {
  const ours = partsOf(shipped);
  const known = new Set(ours.selectors);
  const knownValues = new Set(
    ours.selectors.flatMap((selector) => asked(selector).values).map((pair) => pair.join('=')),
  );
  const { selectors, texts } = partsOf(served);
  for (const selector of selectors) {
    if (known.has(selector)) continue;
    const { values, rest } = asked(selector);
    // An escape, a comment or a namespace may hide what is asked for.
    if (/["'\\=]|\/\*/.test(rest)) return selector;
    for (const [attribute, value] of values) {
      if (PLAIN.test(value) || knownValues.has(`${attribute}=${value}`)) continue;
      if (!STRUCTURE.test(attribute) || value.includes('@'))
        return `[${attribute}="${value}"] in ${selector}`;
    }
  }
  return texts.find((text) => !ours.texts.includes(text));
}
