import { cleanName } from './name.ts';

const SCOPES = ['[itemscope]', '[typeof]', '.h-card', '.vcard', '.hcard'];
const SCOPE = SCOPES.join();
const NAMED =
  '[itemprop~="name"],[itemprop~="fn"],[property="name"],[property$=":name"],[property$="/name"],.p-name,.fn';

/** Whether the page has any such card. What a document has never had costs next to nothing when each is asked for alone. */
export function hasCards(doc: Document): boolean {
  return SCOPES.some((one) => doc.querySelector(one));
}

/** The name that microdata, RDFa, h-card or hCard gives the person whose address stands at `element`. */
export function cardName(element: Element, address: string): string | undefined {
  const mail = element.closest(
    '[itemprop~="email"],[property~="email"],[property$="mbox"],[property$=":email"],.u-email,.email',
  );
  const parent = mail?.parentElement;
  const scope = (mail?.matches(SCOPE) && !mail.hasAttribute('itemscope') ? mail : parent)?.closest(SCOPE);
  if (
    !scope ||
    /Organization|LocalBusiness/.test(scope.getAttribute('itemtype') ?? scope.getAttribute('typeof') ?? '')
  ) {
    return undefined;
  }
  for (const named of scope.querySelectorAll(NAMED)) {
    // A card within a card names somebody else.
    if (named.parentElement?.closest(SCOPE) === scope) return cleanName(named.textContent ?? '', address);
  }
  return undefined;
}

export interface Described {
  address: string;
  name?: string;
}

/** Addresses in JSON-LD, with the name of the person that holds them. Bounded in depth and number. */
export function readJsonLd(json: string, read: (value: string) => string | undefined): Described[] {
  const found: Described[] = [];
  let budget = 3000;
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 8 || budget-- < 0) return;
    if (!Array.isArray(value)) {
      const { email, name, '@type': type } = value as Record<string, unknown>;
      const person = [type].flat().some((one) => typeof one === 'string' && /Person$/.test(one));
      for (const one of [email].flat()) {
        const address = typeof one === 'string' ? read(one) : undefined;
        if (address === undefined) continue;
        const called = person && typeof name === 'string' ? cleanName(name, address) : undefined;
        found.push(called === undefined ? { address } : { address, name: called });
      }
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  try {
    visit(JSON.parse(json), 0);
  } catch {
    // Broken JSON-LD is common; it is then no source.
  }
  return found;
}
