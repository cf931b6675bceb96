import { emailKeys } from '../contract/alternate.ts';
import type { Card } from '../contract/card.ts';
import type { Company } from '../contract/company.ts';
import { nameKey } from '../contract/name-key.ts';

/** The match keys that a card answers to; a card that came for any other key was a tag's collision. */
export function keysOf({ contact }: Card, company: Company | undefined): string[] {
  const keys = [
    ...contact.emails.flatMap(emailKeys),
    contact.linkedin && `linkedin:${contact.linkedin}`,
    contact.x && `x:${contact.x}`,
    ...(contact.profiles ?? []),
    ...(company?.domains ?? []).map((domain) => nameKey(contact.name, domain)),
    company && nameKey(contact.name, company.name),
  ];
  return [...new Set(keys.filter((key): key is string => key !== undefined && key !== ''))];
}
