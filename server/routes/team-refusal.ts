import type { Context } from 'hono';
import type { TeamRefusal } from '../store/actor.ts';
import { Refusal, type Status } from './problem.ts';

const WHY: Record<TeamRefusal, [Status, string]> = {
  role: [403, 'Your role in the team does not allow this. Ask an admin of your team.'],
  gone: [404, 'This is not there any more. Somebody may have changed it meanwhile.'],
  'last-admin': [409, 'A team needs an admin: make somebody else one first.'],
  'already-member': [409, 'Somebody with this address is a member already.'],
  address: [409, 'This is not an email address.'],
  domain: [409, "This is not a company's domain. It looks like acme.com"],
  'domain-taken': [
    409,
    'Another team on this server lets in people of this domain. Ask who runs the server.',
  ],
  'free-mail': [409, 'Anybody can get an address at this domain, so anybody could join your team.'],
};

export function teamRefusal(refusal: TeamRefusal): Refusal {
  const [status, message] = WHY[refusal];
  return new Refusal(status, refusal, message);
}

/** Answers a change that has nothing to say for itself. @throws the refusal, where there is one */
export function done(c: Context, refusal: TeamRefusal | undefined): Response {
  if (refusal !== undefined) throw teamRefusal(refusal);
  return c.json({ done: true });
}
