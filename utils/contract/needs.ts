import type { Contact } from './contact.ts';
import type { FieldName } from './definition.ts';
import { profilesOf } from './profiles.ts';

const KNOWN: Record<FieldName, (contact: Contact) => boolean> = {
  email: ({ emails }) => emails.length > 0,
  phone: ({ phones }) => phones.length > 0,
  title: ({ title }) => title !== undefined,
  company: ({ companyId }) => companyId !== undefined,
  owner: ({ ownerId }) => ownerId !== undefined,
  // A no is an answer too.
  consent: ({ consent }) => consent !== undefined && consent !== 'unknown',
  profile: (contact) => profilesOf(contact).length > 0,
  leadType: ({ leadTypeId }) => leadTypeId !== undefined,
  saleType: ({ saleTypeId }) => saleTypeId !== undefined,
};

/** Whether that is known of a contact. */
export const isKnown = (field: FieldName, contact: Contact): boolean => KNOWN[field](contact);
