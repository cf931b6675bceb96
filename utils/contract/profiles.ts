import type { Contact } from './contact.ts';

type Profiles = Pick<Contact, 'linkedin' | 'x' | 'profiles'>;

/** Match keys of all profiles that a card holds. */
export const profilesOf = ({ linkedin, x, profiles = [] }: Profiles): string[] => [
  ...(linkedin === undefined ? [] : [`linkedin:${linkedin}`]),
  ...(x === undefined ? [] : [`x:${x}`]),
  ...profiles,
];

/** The same as a card holds them: of LinkedIn and X the first one in a field of its own. */
export function withProfiles(keys: readonly string[]): Profiles {
  const linkedin = keys.find((key) => key.startsWith('linkedin:'));
  const x = keys.find((key) => key.startsWith('x:'));
  const profiles = keys.filter((key) => key !== linkedin && key !== x);
  return {
    ...(linkedin !== undefined && { linkedin: linkedin.slice('linkedin:'.length) }),
    ...(x !== undefined && { x: x.slice('x:'.length) }),
    ...(profiles.length > 0 && { profiles }),
  };
}

/** A profile's match key as people read it: `linkedin.com/in/ann-lee`, `@annlee`, `github.com/annlee`. */
export function shownProfile(key: string): string {
  const value = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('linkedin:')) return `linkedin.com/${value}`;
  if (key.startsWith('x:')) return `@${value}`;
  return key.startsWith('github:') ? `github.com/${value}` : value;
}

/** Whether a match key is that of a profile. */
export const isProfile = (key: string): boolean => /^(?:linkedin|x|github|profile):/.test(key);

/** A member's id stands for a name that people know a profile by: it comes after that. */
export const readableFirst = (keys: readonly string[]): string[] =>
  keys.toSorted((a, b) => Number(MEMBER_ID.test(a)) - Number(MEMBER_ID.test(b)));

const MEMBER_ID = /^linkedin:in\/AC[a-z]A[\w-]{30}/;
