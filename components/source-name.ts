import type { Source } from '../utils/contract/base.ts';
import { t } from '../utils/i18n.ts';

/** Names of products are not translated; the others are. */
const PRODUCTS: Record<Exclude<Source, 'csv'>, string> = {
  truce: 'Truce',
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  pipedrive: 'Pipedrive',
  mailchimp: 'Mailchimp',
  superoffice: 'SuperOffice',
};

export const sourceName = (source: Source): string => (source === 'csv' ? t('sourceCsv') : PRODUCTS[source]);
