import type { Source } from '../../../utils/contract/base.ts';
import type { MembershipState } from '../../../utils/contract/campaign.ts';
import type { Field } from '../fields.ts';

/** An export of a vendor: which columns tell it, and what each column holds. */
export interface VendorExport {
  /** `hubspot-contacts`; begins with its source. */
  id: string;
  label: string;
  source: Exclude<Source, 'truce'>;
  /** A file of people, or of companies. */
  subject: 'contacts' | 'companies';
  /** One column of each group must be there. */
  marks: string[][];
  /** None of these may be there: they tell another export. */
  without?: string[];
  columns: Record<string, Field>;
  /** Parts one cell into several addresses. */
  separator?: RegExp;
  /** Said of every row: `{ consent: 'granted' }`. */
  defaults?: Partial<Record<Field, string>>;
  /** What every row says of the campaign it names. */
  memberState?: MembershipState;
  /** What these values of the stage column mean, by the label of a stage or a word for it. */
  stages?: Record<string, string>;
  /** Lines below the table that are no rows, such as a copyright notice. */
  footer?: true;
}
