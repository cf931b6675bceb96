import { isPersonName } from './name.ts';
import { isNamedAfter } from './named-after.ts';
import { isInline } from './run.ts';

const NODES_MAX = 200;
const TEXT_MAX = 300;

function blockOf(node: Node): Element | null {
  let at = node.parentElement;
  while (at && isInline(at)) at = at.parentElement;
  return at;
}

/** Nothing stands between the letters of one word. */
const isGlue = (node: Node | null): boolean => /^(?:MARK|WBR)$/.test(node?.parentNode?.nodeName ?? '');

/**
 * What is written in an element, as it is laid out: lines, each of the texts that blanks set apart. Elements without
 * a blank between them stand apart too: `<span>Ann Lee</span><span>Organizer</span>`.
 */
export function linesOf(element: Element): string[][] {
  const only = element.firstChild;
  if (only?.nodeType === 3 && only === element.lastChild) {
    const text = (only as Text).data.slice(0, TEXT_MAX).replace(/\s+/g, ' ').trim();
    return text === '' ? [] : [[text]];
  }
  const walker = element.ownerDocument.createTreeWalker(element, 5);
  const lines: string[][] = [];
  let last: Node | null = null;
  let block: Element | null = null;
  let apart = true;
  let blank = false;
  for (let n = 0, left = TEXT_MAX; n < NODES_MAX && left > 0; n++) {
    const node = walker.nextNode();
    if (!node) break;
    if (node.nodeType === 1) {
      apart ||= !isInline(node as Element);
      continue;
    }
    const data = (node as Text).data.slice(0, left);
    left -= data.length;
    const text = data.trim().replace(/\s+/g, ' ');
    const around = blockOf(node);
    if (text === '') {
      blank ||= around === block;
      continue;
    }
    const line = apart || around !== block ? undefined : lines.at(-1);
    const before = line?.at(-1) ?? '';
    const gap = blank || /^\s/.test(data);
    // A capital of its own is the first letter of a word that goes on.
    const goesOn =
      node.parentNode === last?.parentNode || isGlue(node) || isGlue(last) || /^\p{Lu}$/u.test(before);
    if (line && goesOn) line[line.length - 1] = before + (gap ? ' ' : '') + text;
    else if (line && gap && !line.includes(text)) line.push(text);
    else if (!line || !gap) lines.push([text]);
    last = node;
    block = around;
    apart = false;
    blank = /\s$/.test(data);
  }
  return lines;
}

const isWhole = (name: string): boolean => isPersonName(name) && (/\s/.test(name) || /^\p{Lo}/u.test(name));

/** The name in a line: all of it, or as much of it as the address bears out. */
export function nameInLine(texts: readonly string[], address: string): string | undefined {
  const all = texts.join(' ');
  const isTheirs = (name: string) => isWhole(name) && isNamedAfter(address, name);
  // `Maria` `van der Berg`: a word before belongs to it, where it is not made of initials.
  const part = texts.find((text, nth) => isTheirs(text) && !/^\p{Lu}\p{Ll}\S*$/u.test(texts[nth - 1] ?? ''));
  const single = texts.length === 1 || texts.every((text) => !/\s/.test(text));
  return part ?? ((single && isWhole(all)) || isTheirs(all) ? all : undefined);
}

/** The name among the lines of an element: the one that the address bears out, or the only one. */
export function nameAmong(lines: readonly string[][], address: string): string | undefined {
  const names = new Set(lines.flatMap((texts) => nameInLine(texts, address) ?? []));
  const theirs = [...names].find((name) => isNamedAfter(address, name));
  const [only] = names;
  return theirs ?? (names.size === 1 ? only : undefined);
}
