import type { Source } from '../../../utils/contract/base.ts';
import type { Provenance } from '../../../utils/contract/contact.ts';

/** Who says something, and as of when. */
export interface Claim {
  source: Source;
  /** ISO 8601. */
  at: string;
  /** The row gives its own time; else it is the file's, and only says “no later than”. */
  exact: boolean;
}

/**
 * What becomes of a value that a file states. `set`: it takes the place of the present one. `confirm`: the
 * same value, known to hold at a later time. The newer statement wins, whoever made it; of two with one time
 * the one that came first, so that running a file again changes nothing.
 */
export function decide<T>(
  present: T | null,
  from: Provenance | undefined,
  stated: T,
  claim: Claim,
): 'keep' | 'set' | 'confirm' {
  const newer = from === undefined || Date.parse(claim.at) > Date.parse(from.at);
  if (present === stated) return claim.exact && newer ? 'confirm' : 'keep';
  return newer ? 'set' : 'keep';
}
