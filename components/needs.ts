import type { FieldName } from '../utils/contract/definition.ts';
import { type MessageKey, t } from '../utils/i18n.ts';

const LABELS: Record<FieldName, MessageKey> = {
  email: 'needEmail',
  phone: 'needPhone',
  title: 'needTitle',
  company: 'needCompany',
  owner: 'needOwner',
  consent: 'needConsent',
  profile: 'needProfile',
  leadType: 'needLeadType',
  saleType: 'needSaleType',
};

export const NEEDS = Object.keys(LABELS) as FieldName[];

/** What it is called within a sentence. */
export const needLabel = (field: FieldName): string => t(LABELS[field]);
