import type { Random } from './random.ts';

/** Where the sample's records would open; nobody lives at these addresses. */
export const SOURCES = [
  {
    source: 'hubspot',
    record_url: 'https://app.hubspot.example/contacts/245001/record/0-1/{id}',
    company_url: 'https://app.hubspot.example/contacts/245001/record/0-2/{id}',
  },
  {
    source: 'salesforce',
    record_url: 'https://waypoint.lightning.salesforce.example/lightning/r/Contact/{id}/view',
    company_url: 'https://waypoint.lightning.salesforce.example/lightning/r/Account/{id}/view',
  },
] as const;

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789';

export const hubspotId = (random: Random): string => String(10_000_000_000 + random.int(9_000_000_00) * 10);

/** 18 characters, as the API gives them; `object` is `003` for a contact, `001` for an account. */
export const salesforceId = (random: Random, object: '003' | '001'): string =>
  `${object}5g00000${Array.from({ length: 8 }, () => random.pick([...LETTERS])).join('')}`;
