import type { Source } from '../../utils/contract/base.ts';
import type { Contact } from '../../utils/contract/contact.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { Time } from '../time.tsx';

/** Names of products are not translated; the others are. */
const PRODUCTS: Record<Exclude<Source, 'csv'>, string> = {
  truce: 'Truce',
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  pipedrive: 'Pipedrive',
  mailchimp: 'Mailchimp',
  superoffice: 'SuperOffice',
};
const sourceName = (source: Source) => (source === 'csv' ? t('sourceCsv') : PRODUCTS[source]);

const FIELDS: Record<string, MessageKey> = {
  name: 'fieldName',
  title: 'fieldTitle',
  company: 'fieldCompany',
  owner: 'fieldOwner',
  stage: 'fieldStage',
  consent: 'fieldConsent',
};

/** The same person elsewhere, and where each value comes from. */
export function Sources({ contact }: { contact: Contact }) {
  const values = Object.entries(contact.provenance);
  return (
    <section class="sources">
      {contact.records.map(
        (record) =>
          record.url && (
            <a key={record.url} class="btn" href={record.url} target="_blank" rel="noreferrer">
              {t('openIn', sourceName(record.source))}
            </a>
          ),
      )}
      {values.length > 0 && (
        <details class="more">
          <summary>{t('provenance')}</summary>
          <dl>
            {values.map(([field, value]) => (
              <div key={field}>
                <dt>{FIELDS[field] ? t(FIELDS[field]) : field}</dt>
                <dd>
                  {sourceName(value.source)}, <Time at={value.at} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}
