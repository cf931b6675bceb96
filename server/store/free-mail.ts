import providers from 'email-providers/all.json' with { type: 'json' };
import { getPublicSuffix } from 'tldts';

/** Seen in use and not on the list. */
const MORE = [
  'duck.com',
  'fastmail.com',
  'fastmail.fm',
  'online.no',
  'skynet.be',
  'telenet.be',
  'tuta.com',
  'tutamail.com',
  'tutanota.com',
  'ziggo.nl',
];

const known = new Set<string>([...providers, ...MORE]);

/** Whether anybody can get an address at this domain (normal form): it says nothing about an employer. */
export const isFreeMail = (domain: string): boolean => known.has(domain);

/**
 * Whether a domain (normal form) can stand for one company: not free mail, and nothing below which anybody gets a
 * domain (`co.uk`, `github.io`), since sub-domains are taken for their parents.
 */
export const isCompanys = (domain: string): boolean =>
  !isFreeMail(domain) && getPublicSuffix(domain, { allowPrivateDomains: true }) !== domain;

/** The domain of an address in normal form when it can stand for a company. */
export function companyDomain(address: string | undefined): string | undefined {
  const domain = address?.slice(address.lastIndexOf('@') + 1);
  return domain !== undefined && domain !== '' && isCompanys(domain) ? domain : undefined;
}
