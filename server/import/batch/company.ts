import { v7 as uuid } from 'uuid';
import { normalName } from '../../../utils/contract/match-key.ts';
import { companyDomain, isCompanys } from '../../store/free-mail.ts';
import type { CompanyPart, Row } from '../row.ts';
import { type Claim, decide } from './claim.ts';
import { type BatchState, type CompanyState, indexCompany, keyOf } from './state.ts';

/**
 * The domain of a row's address when it plainly belongs to the company that the row names:
 * `ann@acme.com` and “Acme Logistics”. Never a free-mail domain.
 */
export function guessDomain(row: Row): string | undefined {
  const domain = companyDomain(row.emails[0]);
  const company = normalName(row.company?.name ?? '').replaceAll(' ', '');
  const label = domain?.split('.').at(-2)?.replaceAll('-', '') ?? '';
  return label.length >= 3 &&
    (company.startsWith(label) || (company.length >= 4 && label.startsWith(company)))
    ? domain
    : undefined;
}

export interface AppliedCompany {
  company: CompanyState;
  outcome: 'added' | 'changed' | 'unchanged';
}

/**
 * Finds or makes the company that a row names, and takes what the row says of it.
 * @param own the row is about the company itself, so it may change it; else it only fills what is empty
 */
export function applyCompany(
  state: BatchState,
  row: Row,
  claim: Claim,
  own: boolean,
  ownerId?: string,
): AppliedCompany | undefined {
  const part = row.company;
  if (part === undefined) return undefined;
  const domain = part.domain !== undefined && isCompanys(part.domain) ? part.domain : undefined;
  const found = findCompany(state, part, domain, claim.source);
  const company = found ?? makeCompany(state, part, domain, claim);
  if (company === undefined) return undefined;
  let changed = false;
  const { recordId } = part;
  if (
    recordId !== undefined &&
    !company.records.some((one) => one.source === claim.source && one.value === recordId)
  ) {
    company.records.push({ source: claim.source, value: recordId });
    company.newRecords.push(recordId);
    changed = true;
  }
  const guessed = company.domains.length === 0 ? guessDomain(row) : undefined;
  const fresh =
    domain ?? (guessed !== undefined && !state.companyBy.has(keyOf('domain', guessed)) ? guessed : undefined);
  if (fresh !== undefined && !company.domains.includes(fresh) && (own || company.domains.length === 0)) {
    company.domains.push(fresh);
    company.newDomains.push(fresh);
    company.keysChanged = true;
    changed = true;
  }
  const say = <K extends 'name' | 'industry' | 'size' | 'website' | 'owner_id'>(
    field: K,
    stated: string | undefined,
  ) => {
    if (stated === undefined || (!own && company[field] !== null)) return;
    const verdict = decide<string | null>(company[field], company.provenance[field], stated, claim);
    if (verdict === 'keep') return;
    if (verdict === 'set') company[field] = stated;
    company.provenance[field] = { source: claim.source, at: claim.at };
    if (verdict === 'set' && field === 'name') {
      company.normal = normalName(stated);
      company.keysChanged = true;
    }
    changed = true;
  };
  say('name', part.name);
  say('industry', part.industry);
  say('size', part.size);
  say('website', part.website);
  if (own) say('owner_id', ownerId);
  indexCompany(state, company);
  if (changed && company.state === 'same') company.state = 'changed';
  return { company, outcome: found === undefined ? 'added' : changed ? 'changed' : 'unchanged' };
}

/** By its record, else its domain, else its name; another record of the same source is another company. */
function findCompany(
  state: BatchState,
  part: CompanyPart,
  domain: string | undefined,
  source: string,
): CompanyState | undefined {
  const at = (key: string) => state.companies.get(state.companyBy.get(key) ?? '');
  const exact = part.recordId === undefined ? undefined : at(keyOf(source, part.recordId));
  if (exact) return exact;
  const alike =
    (domain && at(keyOf('domain', domain))) ||
    (part.name && at(keyOf('name', normalName(part.name)))) ||
    undefined;
  const other = part.recordId !== undefined && alike?.records.some((record) => record.source === source);
  return other ? undefined : alike;
}

function makeCompany(
  state: BatchState,
  part: CompanyPart,
  domain: string | undefined,
  claim: Claim,
): CompanyState | undefined {
  const name = part.name ?? domain;
  if (name === undefined) return undefined;
  const company: CompanyState = {
    id: uuid(),
    state: 'new',
    name,
    normal: normalName(name),
    industry: null,
    size: null,
    website: null,
    owner_id: null,
    provenance: { name: { source: claim.source, at: claim.at } },
    domains: [],
    newDomains: [],
    records: [],
    newRecords: [],
    keysChanged: false,
  };
  indexCompany(state, company);
  return company;
}
