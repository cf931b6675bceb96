import { briefText } from './brief.ts';
import type { Described } from './json-ld.ts';
import { cleanName, tidy } from './name.ts';
import { isNamedAfter } from './named-after.ts';

const SCOPES = ['[itemscope]', '[typeof]', '.h-card', '.vcard', '.hcard'];
const SCOPE = SCOPES.join();
const MAIL =
  '[itemprop~="email"],[property~="email"],[property$="mbox"],[property$=":email"],.u-email,.email';
const NAMED =
  '[itemprop~="name"],[itemprop~="fn"],[property="name"],[property$=":name"],[property$="/name"],.p-name,.fn';
/** Of a name in parts. */
const PARTS = '[itemprop="givenName"],[itemprop="familyName"],[class*="given-name"],[class*="family-name"]';
const COMPANY =
  '[itemprop~="worksFor"],[itemprop~="affiliation"],[itemprop~="org"],[property$="worksFor"],.p-org,.org';
const AT_MAX = 5;

/** Whether the page has any such card. What a document has never had costs next to nothing when each is asked for alone. */
export function hasCards(doc: Document): boolean {
  return SCOPES.some((one) => doc.querySelector(one));
}

/** What an element of a card says: what is written for machines before what is shown. */
function saidBy(element: Element): string {
  return tidy(
    element.getAttribute('content') ??
      element.getAttribute(element.tagName === 'ABBR' ? 'title' : 'alt') ??
      briefText(element, 300),
  );
}

/** Whose card microdata, RDFa, h-card or hCard make of what is around the address at `element`. */
export function cardOf(element: Element, address: string): Pick<Described, 'name' | 'at'> {
  const mail = element.closest(MAIL);
  const parent = mail?.parentElement ?? element;
  const scope = (mail?.matches(SCOPE) && !mail.hasAttribute('itemscope') ? mail : parent).closest(SCOPE);
  const type = scope?.getAttribute('itemtype') ?? scope?.getAttribute('typeof') ?? '';
  if (!scope || /Organization|LocalBusiness/.test(type)) return {};
  // A card within a card is somebody else's.
  const own = (selector: string) =>
    [...scope.querySelectorAll(selector)].filter((one) => one.parentElement?.closest(SCOPE) === scope);
  const at = own(COMPANY).map((one) => saidBy(one.querySelector(`${NAMED},.organization-name`) ?? one));
  const [named] = own(NAMED);
  const name = cleanName(named ? saidBy(named) : own(PARTS).map(saidBy).join(' '), address);
  // The company's own card; or an address that nothing says is the person's.
  if (name === undefined || at.includes(name) || !(mail || isNamedAfter(address, name))) return {};
  return { name, ...(at.length > 0 && { at: at.slice(0, AT_MAX) }) };
}
