import type { Agreement } from '../contract/agreement.ts';
import type { Contact } from '../contract/contact.ts';
import type { FieldName } from '../contract/definition.ts';
import { isKnown } from '../contract/needs.ts';

/** What a contact lacks to be handed over. */
export interface Unmet {
  stage?: true;
  leadType?: true;
  needs: FieldName[];
}

/** Undefined when the contact is ready, as the agreement has it. */
export function unmetBy(contact: Contact, { criteria }: Pick<Agreement, 'criteria'>): Unmet | undefined {
  const { stageIds, leadTypeIds } = criteria;
  const stage = isOneOf(contact.stageId, stageIds) ? {} : { stage: true as const };
  const leadType = isOneOf(contact.leadTypeId, leadTypeIds) ? {} : { leadType: true as const };
  const needs = criteria.needs.filter((field) => !isKnown(field, contact));
  const unmet = { ...stage, ...leadType, needs };
  return unmet.stage || unmet.leadType || needs.length > 0 ? unmet : undefined;
}

/** Where none is named, any will do, and none. */
const isOneOf = (id: string | undefined, ids: readonly string[]) =>
  ids.length === 0 || (id !== undefined && ids.includes(id));
