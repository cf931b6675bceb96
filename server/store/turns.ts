import { sql } from 'kysely';
import type { Trx } from './database.ts';

/*
 * Nothing in the tables keeps two people from having one address, and rightly so. Whoever adds people by their
 * address therefore takes turns with whoever else does, before looking whether they are there.
 */

const lock = (workspaceId: string) => sql`hashtextextended(${`contact.add ${workspaceId}`}, 0)`;

/** One person is added at a time, and no batch of an import goes in meanwhile. Held until the transaction ends. */
export async function addAlone(trx: Trx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock(workspaceId)})`.execute(trx);
}

/** Batches of an import go in beside each other, but not while a person is being added. */
export async function besideAdds(trx: Trx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lock(workspaceId)})`.execute(trx);
}
