import { emailKeys } from '../../../utils/contract/alternate.ts';
import type { Source } from '../../../utils/contract/base.ts';
import { normalName } from '../../../utils/contract/match-key.ts';
import type { Trx } from '../../store/database.ts';
import { findSuppressed, recordKey } from '../../store/privacy/suppression.ts';
import type { Row } from '../row.ts';
import { findContact } from './contact.ts';
import type { BatchState } from './state.ts';

/** A row with something by which an erased person would come back. */
export interface Barred {
  /** Its record in the source is theirs: nothing of it goes in. */
  whole: boolean;
  /** The row without what is theirs. */
  rest: Row;
}

/** Those of the rows that name somebody who was erased. */
export async function findBarred(
  trx: Trx,
  workspaceId: string,
  source: Exclude<Source, 'truce'>,
  rows: readonly Row[],
): Promise<Map<Row, Barred>> {
  const keys = new Set(rows.flatMap((row) => Object.values(keysOf(row, source)).flat()));
  const theirs = await findSuppressed(trx, workspaceId, [...keys]);
  const barred = new Map<Row, Barred>();
  if (theirs.size === 0) return barred;
  for (const row of rows) {
    const { record, emails, linkedin, x, profiles } = keysOf(row, source);
    if (![...record, ...emails, ...linkedin, ...x, ...profiles].some((key) => theirs.has(key))) continue;
    const { linkedin: _, x: __, profiles: ___, ...rest } = row;
    barred.set(row, {
      whole: record.some((key) => theirs.has(key)),
      rest: {
        ...rest,
        emails: row.emails.filter((email) => !emailKeys(email).some((key) => theirs.has(key))),
        ...(row.linkedin !== undefined &&
          !linkedin.some((key) => theirs.has(key)) && { linkedin: row.linkedin }),
        ...(row.x !== undefined && !x.some((key) => theirs.has(key)) && { x: row.x }),
        ...(row.profiles && { profiles: profiles.filter((key) => !theirs.has(key)) }),
      },
    });
  }
  return barred;
}

/** Match keys by field; a row's values are normal forms already. */
const keysOf = (row: Row, source: Exclude<Source, 'truce'>) => ({
  record: row.recordId === undefined ? [] : [recordKey(source, row.recordId)],
  emails: row.emails.flatMap(emailKeys),
  linkedin: row.linkedin === undefined ? [] : [`linkedin:${row.linkedin}`],
  x: row.x === undefined ? [] : [`x:${row.x}`],
  profiles: row.profiles ?? [],
});

/**
 * What may go in of such a row: what it says of a contact who is there under their own record id, or under an
 * address and the same name. Anything else would bring the erased person back under a part of the row.
 */
export function mayStay(
  state: BatchState,
  { whole, rest }: Barred,
  source: Exclude<Source, 'truce'>,
): boolean {
  if (whole) return false;
  const found = findContact(state, rest, source);
  if (!found) return false;
  const own = found.identities.some(({ kind, value }) => kind === source && value === rest.recordId);
  return own || (rest.name !== undefined && normalName(rest.name) === normalName(found.name));
}
