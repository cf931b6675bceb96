import type { SiteView } from '../contract/recipe.ts';

/** What a person is on the page. `mentioned` covers everything without a better role. */
export type Role = 'sender' | 'recipient' | 'author' | 'profile' | 'mentioned';

const ROLES: Role[] = ['sender', 'profile', 'author', 'recipient', 'mentioned'];

/** The more telling role comes first. */
export const roleOrder = (role: Role): number => ROLES.indexOf(role);

/** Why we think so; shown beside the match. */
export type Why =
  | 'header'
  | 'list'
  | 'mailto'
  | 'attribute'
  | 'text'
  | 'structured'
  | 'obfuscated'
  | 'profile-url'
  | 'name';

/** A person on a page, as detection reports it. Holds no element: it is sent to the background as it is. */
export interface Sighting {
  /** Match keys, the surest first. Without any, a name with a company has to do. */
  keys: string[];
  /** Keys that the page itself says are this person's, and nobody has checked: for suggestions only. */
  claims?: string[];
  /** The address in normal form, where there is one. */
  address?: string;
  name?: string;
  /** Names or domains of the company that the page puts them in, or headlines with one; the likeliest first, at most 5. */
  at?: string[];
  role: Role;
  /** The person the page is about: sender of the open message, owner of the profile. */
  focus: boolean;
  why: Why;
}

/** What one frame of a page reports: always the whole of it, so that the last report is the truth. */
export interface PageReport {
  /** Id and version of the recipe that fits the page; absent: the general engine alone. */
  site?: string;
  version?: number;
  /** `missed`: the recipe did not find what the page should have. */
  recipe: 'none' | 'found' | 'missed';
  /** What it missed. */
  missed?: SiteView;
  /** The people, those in focus first; at most 2,500. Own addresses are left out. */
  sightings: Sighting[];
}

/** A person's name in plain text: to be tested, never shown unless known. */
export interface Named {
  name: string;
  /** As in a sighting. */
  at: string[];
}
