import type { Field } from '../fields.ts';
import type { VendorExport } from './types.ts';

/** The three files of an audience export; merge fields come first under the audience's own labels. 2026-11 */
const MEMBER: Record<string, Field> = {
  LEID: 'recordId',
  'Email Address': 'email',
  'First Name': 'firstName',
  'Last Name': 'lastName',
  Name: 'name',
  'Phone Number': 'phone',
  Company: 'company',
  'Company Name': 'company',
  'Job Title': 'title',
  OPTIN_TIME: 'createdAt',
  LAST_CHANGED: 'changedAt',
};

const MARKS = [['Email Address'], ['LEID', 'EUID', 'MEMBER_RATING']];

export const mailchimpSubscribed: VendorExport = {
  id: 'mailchimp-subscribed',
  label: 'Mailchimp, subscribed',
  source: 'mailchimp',
  subject: 'contacts',
  marks: [...MARKS, ['CONFIRM_TIME', 'OPTIN_TIME']],
  without: ['UNSUB_TIME', 'CLEAN_TIME'],
  columns: { ...MEMBER, CONFIRM_TIME: 'consentAt' },
  defaults: { consent: 'granted' },
};

export const mailchimpUnsubscribed: VendorExport = {
  id: 'mailchimp-unsubscribed',
  label: 'Mailchimp, unsubscribed',
  source: 'mailchimp',
  subject: 'contacts',
  marks: [...MARKS, ['UNSUB_TIME']],
  columns: {
    ...MEMBER,
    UNSUB_TIME: 'consentAt',
    UNSUB_CAMPAIGN_TITLE: 'campaign',
    UNSUB_CAMPAIGN_ID: 'campaignId',
  },
  defaults: { consent: 'denied', campaignType: 'Email' },
  memberState: 'unsubscribed',
};

export const mailchimpCleaned: VendorExport = {
  id: 'mailchimp-cleaned',
  label: 'Mailchimp, cleaned',
  source: 'mailchimp',
  subject: 'contacts',
  marks: [...MARKS, ['CLEAN_TIME']],
  columns: {
    ...MEMBER,
    CLEAN_TIME: 'memberAt',
    CLEAN_CAMPAIGN_TITLE: 'campaign',
    CLEAN_CAMPAIGN_ID: 'campaignId',
  },
  defaults: { campaignType: 'Email' },
  memberState: 'bounced',
};
