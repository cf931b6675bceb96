import { Hono } from 'hono';
import { CompanyRequest, PATHS } from '../../utils/contract/routes.ts';
import { readCompany } from '../store/company.ts';
import { inWorkspace } from '../store/database.ts';
import { Refusal } from './problem.ts';
import { readBody } from './read-body.ts';
import type { Deps, Env } from './types.ts';

export const company = ({ db }: Deps) =>
  new Hono<Env>().post(PATHS.company, async (c) => {
    const { id } = await readBody(c, CompanyRequest);
    const { workspaceId } = c.get('device');
    const found = await inWorkspace(db, workspaceId, (trx) => readCompany(trx, workspaceId, id));
    if (!found) throw new Refusal(404, 'gone', 'This company is not there any more.');
    const { company, people, total } = found;
    const answer = `{"company":${company},"people":${JSON.stringify(people)},"total":${total}}`;
    return c.body(answer, 200, { 'content-type': 'application/json' });
  });
