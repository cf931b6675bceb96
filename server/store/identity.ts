import { sql } from 'kysely';
import { PROFILE_KINDS } from '../../utils/contract/profile-key.ts';

/** Kinds of `identity` that are a profile on a network. */
export const isProfileKind = sql`kind in (${sql.join(PROFILE_KINDS.map((kind) => sql.lit(kind)))})`;

/** The others but addresses and phones are a record's id in a source. */
export const isRecordKind = sql`kind not in ('email', 'phone', ${sql.join(PROFILE_KINDS.map((kind) => sql.lit(kind)))})`;
