import { v7 as uuid } from 'uuid';
import { normalName } from '../../../utils/contract/match-key.ts';
import { splitProfileKey } from '../../../utils/contract/profile-key.ts';
import { restate } from '../../store/privacy/permission.ts';
import type { IdentityKind } from '../../store/schema.ts';
import type { Row } from '../row.ts';
import { type Claim, decide } from './claim.ts';
import { addHolder, type BatchState, type ContactState, keyOf } from './state.ts';

/** Whom a row is about: by record id, then address, then LinkedIn profile; never by name alone. */
export function findContact(state: BatchState, row: Row, source: string): ContactState | undefined {
  const holders = (kind: string, value: string | undefined) =>
    value === undefined
      ? []
      : [...(state.holders.get(keyOf(kind, value)) ?? [])].flatMap((id) => state.contacts.get(id) ?? []);
  const exact = holders(source, row.recordId)[0];
  if (exact) return exact;
  for (const email of row.emails) {
    const found = choose(holders('email', email), row, source);
    if (found) return found;
  }
  return choose(holders('linkedin', row.linkedin), row, source);
}

/** Of those who share an address, the one of this name; somebody with another record of this source is another. */
function choose(holders: ContactState[], row: Row, source: string): ContactState | undefined {
  if (row.name === undefined) return holders[0];
  const wanted = normalName(row.name);
  const named = holders.find((one) => normalName(one.name) === wanted || isNameless(one));
  if (named || row.recordId === undefined) return named ?? holders[0];
  return holders.find((one) => !one.identities.some((identity) => identity.kind === source));
}

/** An address stands for the name until a source tells it. */
const isNameless = (contact: ContactState) =>
  contact.name.includes('@') && contact.identities.some(({ value }) => value === contact.name);

export function makeContact(state: BatchState, row: Row, claim: Claim): ContactState {
  const contact: ContactState = {
    id: uuid(),
    state: 'new',
    name: row.name ?? row.emails[0] ?? row.linkedin ?? '',
    title: null,
    company_id: null,
    owner_id: null,
    stage_id: null,
    stage_at: null,
    do_not_contact: null,
    consent: null,
    provenance: row.name === undefined ? {} : { name: { source: claim.source, at: claim.at } },
    created_at: row.createdAt ?? claim.at,
    identities: [],
    newIdentities: [],
    keysChanged: true,
    memberships: new Map(),
    newTouches: [],
    historyChanged: false,
  };
  state.contacts.set(contact.id, contact);
  return contact;
}

export interface Stated {
  companyId?: string | undefined;
  ownerId?: string | undefined;
  stageId?: string | undefined;
}

/** Takes what a row says of a contact. @returns whether anything changed */
export function applyFields(
  state: BatchState,
  contact: ContactState,
  row: Row,
  stated: Stated,
  claim: Claim,
): boolean {
  let changed = false;
  const say = <
    K extends 'name' | 'title' | 'company_id' | 'owner_id' | 'stage_id' | 'do_not_contact' | 'consent',
  >(
    field: K,
    name: string,
    value: ContactState[K] | undefined,
    by: Claim = claim,
  ) => {
    if (value === undefined) return;
    const present = field === 'name' && isNameless(contact) ? null : contact[field];
    const verdict = decide(present, contact.provenance[name], value, by);
    if (verdict === 'keep') return;
    const said = { source: by.source, at: by.at };
    const before = contact.provenance[name];
    if (field === 'do_not_contact' || field === 'consent') {
      // Whose word it was decides later who may take it back: another source's agreeing does not change it.
      if (verdict === 'confirm' && before?.source !== by.source) return;
      const last = contact[field];
      contact.provenance[name] = verdict === 'set' ? restate(before, last, said) : { ...before, ...said };
    } else contact.provenance[name] = said;
    if (verdict === 'set') contact[field] = value;
    if (field === 'name' || field === 'company_id') contact.keysChanged = true;
    changed = true;
  };
  say('name', 'name', row.name);
  say('title', 'title', row.title);
  say('company_id', 'company', stated.companyId);
  say('owner_id', 'owner', stated.ownerId);
  const stage = contact.stage_id;
  say('stage_id', 'stage', stated.stageId);
  // When somebody came into a stage is known only where we saw them in another before.
  if (contact.stage_id !== stage) {
    contact.stage_at = stage === null ? null : claim.at;
    if (stage !== null) contact.move = { fromId: contact.move?.fromId ?? stage, at: claim.at };
  }
  // A “no” need not be written down where nothing was, and lifts only what the same source had said.
  const elsewhere = contact.provenance.doNotContact?.source !== claim.source;
  const no = row.doNotContact === false && (!contact.do_not_contact || elsewhere);
  say('do_not_contact', 'doNotContact', no ? undefined : row.doNotContact);
  const byConsent = row.consentAt ? { ...claim, at: row.consentAt, exact: true } : claim;
  say('consent', 'consent', isIdle(contact, row, claim) ? undefined : row.consent, byConsent);
  const kinds: [IdentityKind, string | undefined, string | null][] = [
    ...row.emails.map((email): [IdentityKind, string, null] => ['email', email, null]),
    ...row.phones.map((phone): [IdentityKind, string, null] => ['phone', phone, null]),
    ['linkedin', row.linkedin, null],
    ['x', row.x, null],
    ...(row.profiles ?? []).flatMap((key): [IdentityKind, string, null][] => {
      const profile = splitProfileKey(key);
      return profile ? [[profile.kind, profile.value, null]] : [];
    }),
    [claim.source as IdentityKind, row.recordId, row.recordUrl ?? null],
  ];
  for (const [kind, value, url] of kinds)
    if (value !== undefined) changed = addIdentity(state, contact, kind, value, url) || changed;
  if (changed && contact.state === 'same') contact.state = 'changed';
  return changed;
}

/**
 * “Not opted out” is no consent: it only takes back an opt-out of the same source. What was denied here is
 * granted again only by a consent that has a date of its own.
 */
function isIdle(contact: ContactState, row: Row, claim: Claim): boolean {
  if (row.consent === 'granted' && row.consentAt === undefined)
    return contact.consent === 'denied' && contact.provenance.consent?.source === 'truce';
  if (row.consent !== 'unknown') return false;
  return contact.consent !== 'denied' || contact.provenance.consent?.source !== claim.source;
}

function addIdentity(
  state: BatchState,
  contact: ContactState,
  kind: IdentityKind,
  value: string,
  url: string | null,
): boolean {
  if (contact.identities.some((one) => one.kind === kind && one.value === value)) return false;
  const identity = {
    kind,
    value,
    url,
    position: contact.identities.filter((one) => one.kind === kind).length,
  };
  contact.identities.push(identity);
  contact.newIdentities.push(identity);
  contact.keysChanged = true;
  addHolder(state, kind, value, contact.id);
  return true;
}
