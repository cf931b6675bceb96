import type { Contact } from '../../utils/contract/contact.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { Link } from '../link.tsx';
import { sourceName } from '../source-name.ts';
import { Time } from '../time.tsx';

const FIELDS: Record<string, MessageKey> = {
  name: 'fieldName',
  title: 'fieldTitle',
  company: 'fieldCompany',
  owner: 'fieldOwner',
  stage: 'fieldStage',
  consent: 'fieldConsent',
  doNotContact: 'fieldDoNotContact',
};

/** Fields of a later version go by their own name. */
const fieldName = (field: string) =>
  Object.hasOwn(FIELDS, field) && FIELDS[field] ? t(FIELDS[field]) : field;

/** The same person elsewhere, and where each value comes from. */
export function Sources({ contact }: { contact: Contact }) {
  // What was said of a profile stands beside it.
  const values = Object.entries(contact.provenance).filter(([field]) => !field.includes(':'));
  return (
    <section class="sources">
      {contact.records.map((record) => (
        <Link key={`${record.source} ${record.id}`} class="btn" to={record.url} otherwise={null}>
          {t('openIn', sourceName(record.source))}
        </Link>
      ))}
      {values.length > 0 && (
        <details class="more">
          <summary>{t('provenance')}</summary>
          <dl>
            {values.map(([field, value]) => (
              <div key={field}>
                <dt>{fieldName(field)}</dt>
                <dd>
                  {sourceName(value.source)}, <Time at={value.at} as="past" />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}
