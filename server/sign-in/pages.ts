import { type Context, Hono } from 'hono';
import { csrf } from 'hono/csrf';
import type Provider from 'oidc-provider';
import { forLog, refusalOf } from '../routes/problem.ts';
import type { Deps, Env } from '../routes/types.ts';
import { companyPath, enterPerson, turnedAway, viewPerson } from './by-company.ts';
import { type Failure, type Outcome, redeemInvitation, viewInvitation } from './by-invitation.ts';
import type { Company } from './company.ts';
import { clean } from './guest.ts';
import { pageHeaders } from './html.ts';
import { readInvitation } from './invitation.ts';
import { type Words, wordsFor } from './texts.ts';
import { connectPage, errorPage, joinPage, waysPage } from './views.ts';
import { finishVisit, readVisit, type Visit, visitPath, writeVisitState } from './visit.ts';

/**
 * The pages of a sign-in. Loading one changes nothing, since Firefox loads the first one twice; what a button
 * sends does.
 */
export function signInPages(deps: Deps, provider: Provider, company?: Company): Hono<Env> {
  const { db, accounts, log } = deps;
  const { url } = accounts;
  const app = new Hono<Env>();

  app.get('/join', (c) => show(c, joinPage));

  app.use('/sign-in/*', csrf({ origin: new URL(url).origin }));

  // The browser's cookie for this sign-in is sent below its own path only, and it is what binds the answer to it.
  app.get('/sign-in/callback', async (c) => {
    const [, uid] = /^([\w-]{10,60})\./.exec(c.req.query('state') ?? '') ?? [];
    if (uid === undefined) return gone(c);
    return c.redirect(`${visitPath(url, uid)}/company/back${new URL(c.req.url).search}`, 303);
  });

  app.get('/sign-in/:uid', async (c) => {
    const visit = await readVisit(c, deps, provider);
    if (!visit) return gone(c);
    if (visit.done !== undefined) return c.redirect(visit.done, 303);
    const { person } = visit.state;
    if (visit.invitation !== undefined) return answer(c, visit, await viewInvitation(deps, visit));
    if (company && person) return answer(c, visit, await viewPerson(deps, visit, person));
    return ways(c, visit, false);
  });

  app.post('/sign-in/:uid', async (c) => {
    const visit = await readVisit(c, deps, provider);
    if (!visit) return gone(c);
    if (visit.done !== undefined) return c.redirect(visit.done, 303);
    const { person } = visit.state;
    if (visit.invitation !== undefined) {
      const outcome = await redeemInvitation(deps, visit, c);
      if ('failure' in outcome) c.set('guessed', true);
      return answer(c, visit, outcome);
    }
    if (company && person) return answer(c, visit, await enterPerson(deps, visit, person, c));
    return ways(c, visit, false);
  });

  app.post('/sign-in/:uid/invitation', async (c) => {
    const visit = await readVisit(c, deps, provider);
    if (!visit) return gone(c);
    const invitation = readInvitation(clean((await c.req.formData()).get('invitation')) ?? '');
    if (invitation === 'unreadable') {
      c.set('guessed', true);
      return ways(c, visit, true);
    }
    await writeVisitState(db, visit, { ...visit.state, invitation });
    return c.redirect(visit.path, 303);
  });

  app.get('/sign-in/:uid/company', async (c) => {
    const visit = await readVisit(c, deps, provider);
    if (!visit || !company) return gone(c);
    const begun = await company.begin(visit.uid, { choose: c.req.query('other') !== undefined });
    if ('problem' in begun) return answer(c, visit, await turnedAway(deps, visit, begun));
    await writeVisitState(db, visit, { company: begun.kept });
    return c.redirect(begun.url, 303);
  });

  app.get('/sign-in/:uid/company/back', async (c) => {
    const visit = await readVisit(c, deps, provider);
    if (!visit || !company) return gone(c);
    const kept = visit.state.company;
    // Loaded again: it is known by now who this is, or it has to begin again.
    if (!kept) return c.redirect(visit.path, 303);
    const back = new URL(`${url}/sign-in/callback${new URL(c.req.url).search}`);
    const person = await company.finish(back, kept);
    await writeVisitState(db, visit, 'problem' in person ? {} : { person });
    if ('problem' in person) return answer(c, visit, await turnedAway(deps, visit, person));
    return c.redirect(visit.path, 303);
  });

  app.onError((error, c) => {
    const { status } = refusalOf(error);
    const foreign = 'status' in error && error.status === 403;
    if (status >= 500 && !foreign) {
      log.error({ id: c.get('requestId'), ...forLog(error) }, 'sign-in page failed');
    }
    const text = foreign ? 'foreign' : status === 503 ? 'busy' : 'failed';
    return show(c, (words) => errorPage(words, 'failedTitle', text), foreign ? 403 : status);
  });
  return app;

  async function answer(c: Context<Env>, visit: Visit, outcome: Outcome): Promise<Response> {
    if ('failure' in outcome) return fail(c, outcome.failure);
    if ('bearer' in outcome) {
      return c.redirect(await finishVisit(c, provider, { visit, url, bearer: outcome.bearer }), 303);
    }
    const { view } = outcome;
    const status = view.wrong?.length ? 422 : 200;
    return show(
      c,
      (words) => connectPage(words, { ...view, action: visit.path, device: deviceOf(visit) }),
      status,
      visit.formTargets,
    );
  }

  function ways(c: Context<Env>, visit: Visit, wrong: boolean): Promise<Response> {
    const view = { action: `${visit.path}/invitation`, company: company && companyPath(visit), wrong };
    return show(c, (words) => waysPage(words, view), wrong ? 422 : 200, visit.formTargets);
  }
}

const deviceOf = ({ isDevice, state }: Visit) => (isDevice ? { code: state.code } : undefined);

const fail = (c: Context<Env>, { title, text, ...more }: Failure) =>
  show(c, (words) => errorPage(words, title, text, more), 403);

const gone = (c: Context<Env>) => show(c, (words) => errorPage(words, 'goneTitle', 'gone'), 410);

async function show(
  c: Context<Env>,
  view: (words: Words) => Promise<string>,
  status = 200,
  formTargets: readonly string[] = [],
): Promise<Response> {
  const words = wordsFor(c.req.header('accept-language'));
  return new Response(await view(words), { status, headers: pageHeaders(formTargets) });
}
