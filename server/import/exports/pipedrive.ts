import type { Field } from '../fields.ts';
import type { VendorExport } from './types.ts';

/** Column labels carry what they belong to: `Person - Name`. 2026-11 */
const PERSON: Record<string, Field> = {
  'Person - ID': 'recordId',
  'Person - Name': 'name',
  'Person - First name': 'firstName',
  'Person - Last name': 'lastName',
  'Person - Job title': 'title',
  'Person - Email': 'email',
  'Person - Email - Work': 'email',
  'Person - Email - Home': 'email',
  'Person - Email - Other': 'email',
  'Person - Phone': 'phone',
  'Person - Phone - Work': 'phone',
  'Person - Phone - Mobile': 'phone',
  'Person - Phone - Home': 'phone',
  'Person - Phone - Other': 'phone',
  'Person - LinkedIn': 'linkedin',
  'Person - LinkedIn profile': 'linkedin',
  'Person - Organization': 'company',
  'Person - Organization ID': 'companyId',
  'Organization - ID': 'companyId',
  'Organization - Name': 'company',
  'Person - Owner': 'owner',
  'Person - Marketing status': 'consent',
  'Person - Person created': 'createdAt',
  'Person - Update time': 'changedAt',
  'Person - Last activity date': 'lastActivityAt',
};

export const pipedrivePeople: VendorExport = {
  id: 'pipedrive-people',
  label: 'Pipedrive people',
  source: 'pipedrive',
  subject: 'contacts',
  marks: [['Person - Name', 'Person - First name', 'Person - Last name']],
  without: ['Deal - Title'],
  columns: PERSON,
  separator: /[,;]/,
};

export const pipedriveOrganizations: VendorExport = {
  id: 'pipedrive-organizations',
  label: 'Pipedrive organizations',
  source: 'pipedrive',
  subject: 'companies',
  marks: [['Organization - Name']],
  without: ['Deal - Title', 'Person - Name', 'Person - First name'],
  columns: {
    'Organization - ID': 'recordId',
    'Organization - Name': 'company',
    'Organization - Industry': 'industry',
    'Organization - Employee count': 'companySize',
    'Organization - Number of employees': 'companySize',
    'Organization - Website': 'website',
    'Organization - Owner': 'owner',
    'Organization - Organization created': 'createdAt',
    'Organization - Update time': 'changedAt',
  },
};

/** Deals tell the stage of their person; there must be columns that say who that is. */
export const pipedriveDeals: VendorExport = {
  id: 'pipedrive-deals',
  label: 'Pipedrive deals',
  source: 'pipedrive',
  subject: 'contacts',
  marks: [['Deal - Title'], ['Person - ID', 'Person - Email', 'Person - Email - Work']],
  columns: {
    ...PERSON,
    'Deal - Contact person': 'name',
    'Deal - Contact person ID': 'recordId',
    'Deal - Organization': 'company',
    'Deal - Organization ID': 'companyId',
    'Deal - Owner': 'owner',
    'Deal - Status': 'stage',
    'Deal - Update time': 'changedAt',
    'Deal - Last activity date': 'lastActivityAt',
  },
  separator: /[,;]/,
  stages: { Open: 'opportunity', Won: 'customer' },
};
