/** Runs in the page that is captured, and only reads it: the page may be somebody's mailbox. */

import { detect } from '../utils/detect/engine.ts';
import { fitting } from '../utils/detect/fitting.ts';
import { recipesAt } from '../utils/detect/sites/index.ts';
import type { PageReport } from '../utils/detect/types.ts';

/** An element as it is read, or a text. */
export type Piece = string | Part;

export interface Part {
  tag: string;
  attributes: [name: string, value: string][];
  /** Style of its own that hides it as the page's styles do. */
  look?: string;
  inside: Piece[];
  /** What is in its open shadow root. */
  shadow?: Piece[];
  /** Which of the page's frames it shows, in their order. */
  frame?: number;
}

/** Drawn by nobody, or nothing to say. */
const LEFT_OUT = /^(?:STYLE|LINK|NOSCRIPT|TEMPLATE|BASE|OBJECT|EMBED|SOURCE|TRACK|PARAM)$/;
const DRAWN = /^(?:svg|CANVAS|VIDEO|AUDIO|PICTURE|MATH)$/i;
const OWN = /"(?:user_?name|user_?email|login|account)"\s*:\s*"[^"\s]+@[^"\s]+"/gi;

export function report(): PageReport {
  return detect(document, document.URL, fitting(document, recipesAt(location.hostname)));
}

export function read(): Part {
  let frames = 0;
  const part = (element: Element): Part => {
    const { tagName } = element;
    const attributes = [...element.attributes].map(({ name, value }): [string, string] => [name, value]);
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      const typed: [string, string] = ['value', element.value];
      attributes.splice(0, attributes.length, ...attributes.filter(([name]) => name !== 'value'), typed);
    }
    const look = lookOf(element);
    const inside = DRAWN.test(tagName) ? [] : tagName === 'SCRIPT' ? scriptOf(element) : piecesIn(element);
    return {
      tag: tagName.toLowerCase(),
      attributes,
      inside,
      ...(look && { look }),
      ...(element.shadowRoot && { shadow: piecesIn(element.shadowRoot) }),
      ...(tagName === 'IFRAME' && element.getRootNode() === document && { frame: frames++ }),
    };
  };
  const piecesIn = (node: Node): Piece[] =>
    [...node.childNodes].flatMap((child): Piece[] => {
      if (child.nodeType === 3) return [(child as Text).data];
      if (child.nodeType !== 1 || LEFT_OUT.test(child.nodeName)) return [];
      return [part(child as Element)];
    });
  return part(document.documentElement);
}

/** Of scripts only what is data: JSON-LD, and where a page says whose account it is. */
function scriptOf(script: Element): Piece[] {
  const text = script.textContent ?? '';
  if (script.getAttribute('type') === 'application/ld+json') return [text];
  const own = text.match(OWN);
  return own ? [`{${own.join(',')}}`] : [];
}

function lookOf(element: Element): string | undefined {
  const style = getComputedStyle(element);
  const above = element.parentElement && getComputedStyle(element.parentElement);
  if (style.display === 'none')
    return /^(?:HEAD|META|TITLE|SCRIPT)$/.test(element.tagName) ? '' : 'display:none';
  const kept: string[] = [];
  if (style.visibility !== (above?.visibility ?? 'visible')) kept.push(`visibility:${style.visibility}`);
  if (Number(style.opacity) < 0.05) kept.push('opacity:0');
  if (Number.parseFloat(style.fontSize) < 1) kept.push('font-size:0');
  const small = element.clientWidth <= 1 || element.clientHeight <= 1;
  if (small && style.overflowX !== 'visible' && style.display !== 'inline' && element.childNodes.length > 0) {
    kept.push(`position:${style.position};overflow:hidden;width:1px;height:1px`);
  }
  if (style.clipPath !== 'none') kept.push(`clip-path:${style.clipPath}`);
  if (style.clip !== 'auto') kept.push(`position:${style.position};clip:${style.clip}`);
  for (const side of ['left', 'top', 'text-indent', 'margin-left']) {
    const value = style.getPropertyValue(side);
    const moved = Number.parseFloat(value) < -999 && (/-/.test(side) || style.position !== 'static');
    if (moved) kept.push(`position:${style.position};${side}:${value}`);
  }
  return kept.join(';');
}
