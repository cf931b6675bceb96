import { hubspotCompanies, hubspotContacts } from './hubspot.ts';
import { mailchimpCleaned, mailchimpSubscribed, mailchimpUnsubscribed } from './mailchimp.ts';
import { pipedriveDeals, pipedriveOrganizations, pipedrivePeople } from './pipedrive.ts';
import {
  salesforceCampaignMembers,
  salesforceContacts,
  salesforceData,
  salesforceLeads,
} from './salesforce.ts';
import type { VendorExport } from './types.ts';

/** Every export that is recognised by its columns; of two that fit, the one with more known columns wins. */
export const EXPORTS: readonly VendorExport[] = [
  hubspotContacts,
  hubspotCompanies,
  salesforceLeads,
  salesforceContacts,
  salesforceCampaignMembers,
  salesforceData,
  pipedrivePeople,
  pipedriveOrganizations,
  pipedriveDeals,
  mailchimpSubscribed,
  mailchimpUnsubscribed,
  mailchimpCleaned,
];
