import type { MembershipState } from '../../../utils/contract/campaign.ts';
import type { Contact, Provenance } from '../../../utils/contract/contact.ts';
import type { IdentityKind } from '../../store/schema.ts';

export interface Identity {
  kind: IdentityKind;
  value: string;
  position: number;
  url: string | null;
}

/** A contact as the batch sees it: what the database holds, then what its rows make of it. */
export interface ContactState {
  id: string;
  /** `changed` is for a contact that was there before. */
  state: 'same' | 'changed' | 'new';
  name: string;
  title: string | null;
  company_id: string | null;
  owner_id: string | null;
  stage_id: string | null;
  stage_at: string | Date | null;
  /** Out of which stage, and when, in this batch. */
  move?: { fromId: string; at: string };
  do_not_contact: boolean | null;
  consent: NonNullable<Contact['consent']> | null;
  provenance: Record<string, Provenance>;
  created_at: string | Date;
  identities: Identity[];
  newIdentities: Identity[];
  /** Its name, identities or company changed, so other keys find it now. */
  keysChanged: boolean;
  memberships: Map<string, { state: MembershipState; at: string; changed: boolean }>;
  newTouches: { external_id: string; at: string }[];
  /** Something of its history changed, so that its card does. */
  historyChanged: boolean;
}

export interface CompanyState {
  id: string;
  state: 'same' | 'changed' | 'new';
  name: string;
  normal: string;
  industry: string | null;
  size: string | null;
  website: string | null;
  owner_id: string | null;
  provenance: Record<string, Provenance>;
  domains: string[];
  newDomains: string[];
  records: { source: string; value: string }[];
  newRecords: string[];
  /** Its name or domains changed, so other keys find its people now. */
  keysChanged: boolean;
}

export interface CampaignState {
  id: string;
  name: string;
  externalId: string;
  channel: string;
  isNew: boolean;
}

/** One look at everything that a batch's rows may be about. */
export interface BatchState {
  contacts: Map<string, ContactState>;
  /** Contact ids by `kind value`. */
  holders: Map<string, Set<string>>;
  companies: Map<string, CompanyState>;
  companyBy: Map<string, string>;
  campaigns: Map<string, CampaignState>;
  touches: Set<string>;
}

export const keyOf = (kind: string, value: string): string => `${kind} ${value}`;

export function addHolder(state: BatchState, kind: string, value: string, id: string): void {
  const key = keyOf(kind, value);
  const present = state.holders.get(key);
  if (present) present.add(id);
  else state.holders.set(key, new Set([id]));
}

/** Makes a company findable in the batch; the one that came first keeps a key. */
export function indexCompany(state: BatchState, company: CompanyState): void {
  state.companies.set(company.id, company);
  const keys = [
    ...company.records.map(({ source, value }) => keyOf(source, value)),
    ...company.domains.map((domain) => keyOf('domain', domain)),
    ...(company.normal === '' ? [] : [keyOf('name', company.normal)]),
  ];
  for (const key of keys) if (!state.companyBy.has(key)) state.companyBy.set(key, company.id);
}
