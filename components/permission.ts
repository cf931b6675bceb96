import type { Consent, Contact, Provenance } from '../utils/contract/contact.ts';
import type { MessageKey } from '../utils/i18n.ts';

export type Bar = 'contact' | 'marketing';

/** What one must not do: `contact` them at all, send them `marketing`; undefined when nobody said no. */
export function barOf(contact: Contact | undefined): Bar | undefined {
  if (contact?.doNotContact) return 'contact';
  return contact?.consent === 'denied' ? 'marketing' : undefined;
}

/** Who said so, when and why. */
export const groundsOf = (contact: Contact, bar: Bar): Provenance | undefined =>
  contact.provenance[bar === 'contact' ? 'doNotContact' : 'consent'];

export const CONSENT: Record<Consent, MessageKey> = {
  granted: 'consentGranted',
  denied: 'consentNo',
  unknown: 'consentUnknown',
};
