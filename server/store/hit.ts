import { type RawBuilder, sql } from 'kysely';
import type { Hit } from '../../utils/contract/routes.ts';

interface HitRow {
  id: string;
  name: string;
  title: string | null;
  company: string | null;
  email: string | null;
  stage_id: string | null;
}

/** Columns of a Hit, of `contact c` and `company o`. */
export const hitColumns = (workspaceId: string): RawBuilder<HitRow> => sql`
  c.id, c.name, c.title, o.name as company, c.stage_id,
  (select value from identity i where i.workspace_id = ${workspaceId}::uuid and i.contact_id = c.id
    and i.kind = 'email' order by position, value limit 1) as email`;

export const toHit = ({ id, name, title, company, email, stage_id }: HitRow): Hit => ({
  id,
  name,
  ...(title !== null && { title }),
  ...(company !== null && { company }),
  ...(email !== null && { email }),
  ...(stage_id !== null && { stageId: stage_id }),
});
