import * as v from 'valibot';

/** What a column can hold. Several columns may hold addresses, phones or profiles; of others the first that is filled counts. */
export const FIELDS = {
  recordId: ['id', 'record id', 'contact id', 'lead id', 'external id'],
  recordUrl: ['record url', 'link to record'],
  name: ['name', 'full name', 'contact name', 'contact', 'nom complet', 'vollständiger name'],
  firstName: ['first name', 'firstname', 'given name', 'prénom', 'vorname', 'nombre'],
  lastName: ['last name', 'lastname', 'surname', 'family name', 'nom', 'nachname', 'apellidos'],
  title: ['title', 'job title', 'position', 'role', 'fonction', 'funktion', 'cargo'],
  email: [
    'email',
    'e mail',
    'email address',
    'mail',
    'adresse e mail',
    'e mail adresse',
    'correo electrónico',
  ],
  phone: ['phone', 'phone number', 'mobile', 'mobile phone', 'telephone', 'téléphone', 'telefon', 'teléfono'],
  linkedin: ['linkedin', 'linkedin url', 'linkedin profile'],
  x: ['x', 'twitter', 'twitter username', 'x profile'],
  profile: [
    ...['github', 'github url', 'github profile', 'xing', 'xing url', 'xing profile', 'mastodon', 'bluesky'],
    ...['facebook', 'facebook url', 'instagram', 'instagram url', 'profile url', 'social profile'],
  ],
  company: [
    'company',
    'company name',
    'organization',
    'organisation',
    'account',
    'account name',
    'société',
    'firma',
    'empresa',
  ],
  companyId: ['company id', 'account id', 'organization id'],
  companyDomain: ['company domain', 'domain', 'company domain name'],
  industry: ['industry', 'sector', 'branche'],
  companySize: ['number of employees', 'employees', 'company size', 'headcount'],
  website: ['website', 'website url', 'web', 'company website'],
  owner: ['owner', 'contact owner', 'account owner', 'sales rep', 'responsible'],
  stage: ['stage', 'lifecycle stage', 'lead stage', 'lead status', 'status'],
  consent: ['consent', 'marketing consent', 'marketing status', 'subscription status'],
  consentAt: ['consent date', 'opt in date'],
  optOut: ['unsubscribed', 'opted out', 'email opt out', 'opt out'],
  doNotContact: ['do not contact', 'do not call', 'blocked'],
  createdAt: ['created', 'create date', 'created date', 'date added', 'created at'],
  changedAt: ['modified', 'last modified', 'last modified date', 'updated', 'update time', 'updated at'],
  lastActivityAt: ['last activity', 'last activity date', 'last contacted', 'last touch'],
  campaign: ['campaign', 'campaign name'],
  campaignId: ['campaign id'],
  campaignType: ['campaign type'],
  memberState: ['member status', 'campaign status'],
  memberAt: ['member status update date'],
} as const satisfies Record<string, readonly string[]>;

export type Field = keyof typeof FIELDS;

const names = Object.keys(FIELDS) as [Field, ...Field[]];
export const FieldName = v.picklist(names);

/** Fields that only their own column names stand for; two of the same would lose one. */
export const REPEATABLE: ReadonlySet<Field> = new Set<Field>(['email', 'phone', 'profile']);

export const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);

/** Column names as they are compared: `E-Mail ` and `e mail` are one. */
export const plain = (column: string): string =>
  column
    .toLowerCase()
    .replace(/[\s_./:()-]+/g, ' ')
    .trim();

/** What a column most likely holds, by its name. */
export function guessField(column: string): Field | undefined {
  const wanted = plain(column);
  const found = Object.entries(FIELDS).find(([, words]) =>
    (words as readonly string[]).includes(wanted),
  )?.[0];
  return found !== undefined && isField(found) ? found : undefined;
}
