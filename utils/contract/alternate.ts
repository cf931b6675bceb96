import { emailKey, normalAddress } from './match-key.ts';

/** A dot in the local part says nothing here; at a company's domain that Google hosts, it does. */
const GOOGLE = /^(?:gmail|googlemail)\.com$/;
/** What stands before the plus in addresses that a machine makes: many people's, or nobody's. */
const MACHINE = /^(?:no-?reply|do-?not-?reply|reply|bounces?|notifications?|unsub(?:scribe)?|incoming)$/;

/**
 * The plain form of an address that is known to be another way of writing it: without what follows a plus, and at
 * Google's own domains without dots. `Ann.Lee+news@googlemail.com` → `annlee@gmail.com`. Undefined when it is plain
 * already, or no address.
 *
 * An alternate, never the address: it counts where nobody has the address itself. The server tags contacts by both;
 * a page's address is looked up by both. So either side may have the longer form, and most contacts have one tag.
 */
export function alternateOf(address: string): string | undefined {
  const normal = normalAddress(address);
  if (normal === undefined) return undefined;
  const at = normal.lastIndexOf('@');
  let [local, domain] = [normal.slice(0, at), normal.slice(at + 1)];
  const plus = local.indexOf('+');
  // With another address written into it (`bounces+ann=acme.com@…`), it is an envelope's.
  if (plus > 0 && !local.includes('=') && !MACHINE.test(local.slice(0, plus))) local = local.slice(0, plus);
  if (GOOGLE.test(domain)) {
    local = local.replaceAll('.', '');
    domain = 'gmail.com';
  }
  const plain = normalAddress(`${local}@${domain}`);
  return plain === normal ? undefined : plain;
}

/** The key of an address, and of its alternate where there is one; empty when it is no address. */
export function emailKeys(address: string): string[] {
  return [emailKey(address), emailKey(alternateOf(address) ?? '')].filter((key) => key !== undefined);
}
