import { briefText } from './brief.ts';

/** Of structured data, as it is read. */
const JSON_LD = 'script[type="application/ld+json"]';
const JSON_MAX = 200_000;

/** Attributes that carry addresses whatever the element. */
export const ATTRIBUTES = [
  'email',
  'data-email',
  'data-user-email',
  'data-hovercard-id',
  'data-clipboard-text',
  'title',
];

/** Only links that may lead to somebody: which is told from their address alone, since it is cheaper. */
export const LINK = /^\s*mailto:|^data:|\/in\/|\/sales\/|email-protection#/i;

/** Whether an element that carries something (see `carriers.ts`) may lead to a person. One too many has the page read in vain. */
export function leads(element: Element): boolean {
  if (element.tagName === 'SCRIPT') {
    return element.matches(JSON_LD) && /mail|linkedin|twitter|\/x\.com/i.test(briefText(element, JSON_MAX));
  }
  if (LINK.test(element.getAttribute('href') ?? '')) return true;
  if (element.hasAttribute('data-cfemail') || element.matches('meta[itemprop~="email"]')) return true;
  return [...ATTRIBUTES, 'aria-label'].some((name) => element.getAttribute(name)?.includes('@'));
}
