import type { MembershipState } from '../../utils/contract/campaign.ts';
import type { Contact } from '../../utils/contract/contact.ts';

export interface CompanyPart {
  recordId?: string;
  name?: string;
  domain?: string;
  industry?: string;
  size?: string;
  website?: string;
}

/** What one line says, in normal forms. Times are ISO 8601. */
export interface Row {
  line: number;
  recordId?: string;
  recordUrl?: string;
  name?: string;
  title?: string;
  emails: string[];
  phones: string[];
  linkedin?: string;
  x?: string;
  /** Match keys of profiles, on whichever network. */
  profiles?: string[];
  company?: CompanyPart;
  /** A member's name or address, as the source writes it. */
  owner?: string;
  /** A word for a stage. */
  stage?: string;
  consent?: Contact['consent'];
  consentAt?: string;
  doNotContact?: boolean;
  createdAt?: string;
  /** When the source last changed the record. */
  changedAt?: string;
  lastActivityAt?: string;
  membership?: { campaign: string; externalId: string; type?: string; state: MembershipState; at?: string };
}

/** Something in a row that is left out while the rest goes in. */
export interface Remark {
  line: number;
  column: string;
  value: string;
  reason: string;
}
