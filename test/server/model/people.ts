import { domainKey, emailKey } from '../../../utils/contract/match-key.ts';

/** Who there may be: people as imports, their browsers and pages name them. */
export const PEOPLE = Array.from({ length: 12 }, (_, n) => ({
  name: `Given${n} Family${n}`,
  email: `p${n}@firm${Math.floor(n / 10)}.example`,
  companyName: `Firm${Math.floor(n / 10)} Ltd`,
}));

export const PEOPLE_KEYS = PEOPLE.map(({ email }) => `email:${email}`);

/** Every key that any of them was ever known by, and some that nobody has. */
export const KEYS = [
  ...PEOPLE_KEYS,
  ...['firm0.example', 'firm1.example', 'firm2.example'].map(domainKey),
  ...['nobody@firm0.example', 'stranger@elsewhere.example'].map(emailKey),
].filter((key) => key !== undefined);
