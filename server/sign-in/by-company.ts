import type { Context } from 'hono';
import * as v from 'valibot';
import { Team } from '../../utils/contract/base.ts';
import { forLog } from '../routes/problem.ts';
import type { Deps, Env } from '../routes/types.ts';
import { inWorkspace } from '../store/database.ts';
import { REALM } from '../store/realm.ts';
import { enterTeam, findTeams, type KnownTeam, type SignInProblem } from '../store/sign-in.ts';
import { type Failure, type Outcome, refused } from './by-invitation.ts';
import type { CompanyProblem, Turned } from './company.ts';
import { readTold } from './guest.ts';
import type { ConnectView } from './views.ts';
import type { Person, Visit } from './visit.ts';

const FAILURES: Record<CompanyProblem | SignInProblem, Pick<Failure, 'title' | 'text'>> = {
  refused: { title: 'refusedTitle', text: 'refused' },
  unreachable: { title: 'upstreamTitle', text: 'upstream' },
  unverified: { title: 'unverifiedTitle', text: 'unverified' },
  domain: { title: 'domainTitle', text: 'domain' },
  'no-team': { title: 'noTeamTitle', text: 'noTeam' },
  subject: { title: 'subjectTitle', text: 'subject' },
};

export const companyPath = ({ path }: Visit, other = false): string =>
  `${path}/company${other ? '?other' : ''}`;

/** Says why the company's sign-in led nowhere, and writes it down. */
export async function turnedAway(deps: Deps, visit: Visit, turned: Turned): Promise<{ failure: Failure }> {
  const { problem, email, cause } = turned;
  if (problem === 'unreachable') deps.log.warn(forLog(cause), "the company's sign-in failed");
  await refused(deps, REALM, { detail: { way: 'company', reason: problem } });
  return { failure: { ...FAILURES[problem], email, retry: companyPath(visit, problem !== 'unreachable') } };
}

/** The page for somebody whom the company let in: which team, and one button. */
export async function viewPerson({ db }: Deps, visit: Visit, person: Person) {
  const { teams, problem } = await findTeams(db, person);
  if (problem) return { problem, failure: failureOf(problem, visit, person) };
  return { teams, view: viewOf(teams, visit, person) };
}

export async function enterPerson(
  deps: Deps,
  visit: Visit,
  person: Person,
  c: Context<Env>,
): Promise<Outcome> {
  const shown = await viewPerson(deps, visit, person);
  if (shown.problem) {
    await refused(deps, REALM, { detail: { way: 'company', reason: shown.problem } });
    return { failure: shown.failure };
  }
  const { teams, view } = shown;
  const form = await c.req.formData();
  const team = teams.find(({ workspaceId }) => workspaceId === form.get('workspace'));
  const told = readTold(form, team?.joins ? { name: view.ask.name === true } : {});
  const work = v.safeParse(Team, form.get('work'));
  const open = team === undefined || (team.joins && !work.success);
  const wrong = [...told.wrong, ...(open ? ['chooseOne' as const] : [])];
  if (!team || wrong.length > 0) return { view: { ...view, wrong } };
  const { workspaceId } = team;
  const { grantId, browserName } = visit;
  const name = told.name ?? person.name ?? person.email;
  const entry = { grantId, browserName, name, team: work.success ? work.output : 'both' };
  const paired = await inWorkspace(deps.db, workspaceId, (trx) => enterTeam(trx, workspaceId, person, entry));
  if (typeof paired !== 'string') return { bearer: { workspaceId, ...paired } };
  await refused(deps, workspaceId, { detail: { way: 'company', reason: paired } });
  return { failure: failureOf(paired, visit, person) };
}

const failureOf = (problem: SignInProblem, visit: Visit, { email }: Person): Failure => ({
  ...FAILURES[problem],
  email,
  retry: companyPath(visit, true),
});

function viewOf(teams: KnownTeam[], visit: Visit, person: Person): Omit<ConnectView, 'action'> {
  const joins = teams.some((team) => team.joins);
  return {
    choices: teams,
    name: teams.find((team) => !team.joins)?.name ?? person.name,
    email: person.email,
    browserName: visit.browserName,
    ask: { work: joins, name: joins && person.name === undefined },
    other: companyPath(visit, true),
  };
}
