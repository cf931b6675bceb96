import type { Field } from '../fields.ts';
import type { VendorExport } from './types.ts';

/** Columns that reports on leads, contacts and campaign members share. Report labels, English. 2026-11 */
const PERSON: Record<string, Field> = {
  'First Name': 'firstName',
  'Last Name': 'lastName',
  'Full Name': 'name',
  Title: 'title',
  Email: 'email',
  Phone: 'phone',
  Mobile: 'phone',
  'Mobile Phone': 'phone',
  Website: 'website',
  Industry: 'industry',
  Employees: 'companySize',
  'No. of Employees': 'companySize',
  'Email Opt Out': 'optOut',
  'Do Not Call': 'doNotContact',
  'Create Date': 'createdAt',
  'Created Date': 'createdAt',
  'Last Modified': 'changedAt',
  'Last Modified Date': 'changedAt',
  'Last Activity': 'lastActivityAt',
  'Last Activity Date': 'lastActivityAt',
  'LinkedIn URL': 'linkedin',
  'GitHub URL': 'profile',
  'Xing URL': 'profile',
};

const STATUSES = {
  'Open - Not Contacted': 'lead',
  'Working - Contacted': 'lead',
  Open: 'lead',
  New: 'lead',
  Contacted: 'lead',
  Nurturing: 'lead',
  Unqualified: 'lead',
  Qualified: 'sales qualified',
  'Closed - Converted': 'opportunity',
};

export const salesforceLeads: VendorExport = {
  id: 'salesforce-leads',
  label: 'Salesforce leads report',
  source: 'salesforce',
  subject: 'contacts',
  marks: [
    ['Lead ID', 'Lead Owner'],
    ['Company / Account', 'Company'],
    ['Last Name', 'Full Name', 'Email'],
  ],
  without: ['Campaign Name', 'Member Status'],
  columns: {
    ...PERSON,
    'Lead ID': 'recordId',
    'Company / Account': 'company',
    Company: 'company',
    'Lead Owner': 'owner',
    'Lead Status': 'stage',
  },
  stages: STATUSES,
  footer: true,
};

export const salesforceContacts: VendorExport = {
  id: 'salesforce-contacts',
  label: 'Salesforce contacts report',
  source: 'salesforce',
  subject: 'contacts',
  marks: [
    ['Contact ID', 'Contact Owner', 'Account Owner'],
    ['Account Name'],
    ['Last Name', 'Full Name', 'Email'],
  ],
  without: ['Campaign Name', 'Member Status'],
  columns: {
    ...PERSON,
    'Contact ID': 'recordId',
    'Account Name': 'company',
    'Account ID': 'companyId',
    'Contact Owner': 'owner',
    'Account Owner': 'owner',
  },
  footer: true,
};

export const salesforceCampaignMembers: VendorExport = {
  id: 'salesforce-campaign-members',
  label: 'Salesforce campaign members report',
  source: 'salesforce',
  subject: 'contacts',
  marks: [
    ['Campaign Name'],
    ['Member Status', 'Responded', 'Member Type'],
    ['Email', 'Lead ID', 'Contact ID', 'Related Record ID'],
  ],
  columns: {
    ...PERSON,
    'Related Record ID': 'recordId',
    'Contact ID': 'recordId',
    'Lead ID': 'recordId',
    'Company / Account': 'company',
    Company: 'company',
    'Account Name': 'company',
    'Campaign Name': 'campaign',
    'Campaign ID': 'campaignId',
    'Campaign Type': 'campaignType',
    'Member Status': 'memberState',
    'Member Status Update Date': 'memberAt',
    'Member First Responded Date': 'memberAt',
    'Member First Associated Date': 'memberAt',
  },
  footer: true,
};

/** Data Loader and the weekly export write the API's names. */
export const salesforceData: VendorExport = {
  id: 'salesforce-data',
  label: 'Salesforce leads or contacts, by API name',
  source: 'salesforce',
  subject: 'contacts',
  marks: [['Id'], ['LastName'], ['OwnerId', 'CreatedDate', 'LastModifiedDate', 'HasOptedOutOfEmail']],
  columns: {
    Id: 'recordId',
    FirstName: 'firstName',
    LastName: 'lastName',
    Title: 'title',
    Email: 'email',
    Phone: 'phone',
    MobilePhone: 'phone',
    Company: 'company',
    'Account.Name': 'company',
    AccountId: 'companyId',
    Website: 'website',
    Industry: 'industry',
    NumberOfEmployees: 'companySize',
    'Owner.Email': 'owner',
    'Owner.Name': 'owner',
    Status: 'stage',
    HasOptedOutOfEmail: 'optOut',
    DoNotCall: 'doNotContact',
    CreatedDate: 'createdAt',
    LastModifiedDate: 'changedAt',
    LastActivityDate: 'lastActivityAt',
  },
  stages: STATUSES,
};
