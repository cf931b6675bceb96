import * as v from 'valibot';
import { Link } from '../../utils/contract/base.ts';
import {
  splitProfileKey,
  typedLinkedinKey,
  typedProfileKey,
  typedXKey,
} from '../../utils/contract/profile-key.ts';

/** The first `max` UTF-16 units, but never half of a letter. */
export const cut = (value: string, max: number): string =>
  value.length <= max ? value : value.slice(0, max).replace(/[\ud800-\udbff]$/, '');

/** A web address that a card may carry. */
export const readLink = (value: string): string | undefined => {
  const link = v.safeParse(Link, value);
  return link.success ? link.output : undefined;
};

/** LinkedIn gives out shorter ones; PostgreSQL would not index one that is much longer. */
const PROFILE_MAX = 200;

export const readLinkedin = (value: string): string | undefined => {
  const profile = typedLinkedinKey(value)?.slice('linkedin:'.length);
  return profile === undefined || profile.length > PROFILE_MAX ? undefined : profile;
};

export const readX = (value: string): string | undefined =>
  typedXKey(/[/@]/.test(value) ? value : `@${value}`)?.slice('x:'.length);

/** The match key of a profile on any network, by its address. */
export const readProfile = (value: string): string | undefined => {
  const key = typedProfileKey(value);
  return key !== undefined && splitProfileKey(key) ? key : undefined;
};
