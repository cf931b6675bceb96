import { cleanName, isNameWord, isPersonName, tidy } from './name.ts';
import { isNamedAfter } from './named-after.ts';
import { linesOf, nameInLine } from './pieces.ts';
import { isInline } from './run.ts';

/** So many texts back from an address. */
const TEXTS_MAX = 40;
/** And so many characters: a card has few. */
const REACH = 800;
/** A line longer than this is prose. */
const LINE_MAX = 120;

/** Two words at least, or a few letters of a script that leaves no blanks. */
const WHOLE = /\p{Lu}.*\s.*\p{Lu}|\p{Lo}{2}|\p{Lo}\s/u;

/** The name in a line of text that an address is somebody's of: `Contact: Dr. Ann Lee, CEO` for `ann.lee@`. */
export function nameIn(line: string, address: string): string | undefined {
  if (line.length > LINE_MAX || !WHOLE.test(line)) return undefined;
  for (const part of line.split(/[|·•–—:;\t\n()[\]<>]|\s-\s/).reverse()) {
    const [before = '', behind] = tidy(part)
      .split(/\s*,\s*/)
      .filter(Boolean);
    const words = before.split(' ');
    while (words.length > 2 && !isNameWord(words[0] ?? '')) words.shift();
    const first = words.join(' ');
    // `Lee, Ann`, but not `Ann Lee, London`.
    for (const one of [first, `${first}, ${behind}`]) {
      if (WHOLE.test(one) && isPersonName(one) && isNamedAfter(address, one)) return cleanName(one, address);
    }
  }
  return undefined;
}

/** The name that is spread over a line of a block. */
function nameInBlock(block: Element | null, address: string): string | undefined {
  for (const texts of block?.childNodes.item(1) && !block.childNodes.item(8) ? linesOf(block) : []) {
    if (texts.length < 2) continue;
    const part = nameInLine(texts, address);
    const name = part !== undefined && isNamedAfter(address, part) ? part : nameIn(texts.join(' '), address);
    if (name !== undefined) return name;
  }
  return undefined;
}

/**
 * The name that stands before an address on its card, in its row, above it: as on a team's page. Only one that the
 * address itself bears out: a neighbour's name is worse than none.
 */
export function nameNearby(start: Node, address: string): string | undefined {
  const doc = start.ownerDocument;
  const walker = doc?.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
  if (!walker) return undefined;
  walker.currentNode = start;
  for (let n = 0, reach = REACH; n < TEXTS_MAX && reach > 0; n++) {
    const text = walker.previousNode() as Text | null;
    reach -= text?.length ?? 0;
    let block = text?.parentElement;
    // From there on it is somebody else's.
    if (!text || !block || text.data.includes('@') || block.closest('[href^="mailto:" i],[data-cfemail]'))
      break;
    if (!/\S/.test(text.data)) continue;
    while (block && isInline(block)) block = block.parentElement;
    const name = nameIn(text.data.trim(), address) ?? nameInBlock(block, address);
    if (name !== undefined) return name;
  }
  return undefined;
}
