import { v7 as uuid } from 'uuid';
import { SHIPPED_RECIPES } from '../../server/routes/shipped-recipes.ts';
import { command, type Own } from './sweep-commands.ts';
import type { Role, Things } from './sweep-world.ts';

export interface Ask {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Rule {
  /** Who is let through; `anyone`: without a token too. */
  roles: readonly Role[] | 'anyone';
  /** A valid request. */
  ask?(own: Own): Ask;
  /** Status for the other tenant's ids, or what the body must be then. Without it the request names nothing. */
  foreign?: number | { status: number; body: unknown };
  /** Whoever asks is used up by it. */
  spare?: true;
}

const ALL: readonly Role[] = ['viewer', 'member', 'lead', 'admin'];
const WRITERS: readonly Role[] = ['member', 'lead', 'admin'];
const LEADS: readonly Role[] = ['lead', 'admin'];
const ADMINS: readonly Role[] = ['admin'];

const none = (body: unknown) => ({ status: 200, body });

/** Every route there is. One that is not here fails the sweep. */
export const RULES: Record<string, Rule> = {
  'GET /healthz': { roles: 'anyone' },
  'GET /readyz': { roles: 'anyone' },
  'GET /v1/session': { roles: ALL },
  'GET /v1/tags': { roles: ALL, ask: () => ({ query: { key: '1', since: '0' } }) },
  'POST /v1/tag-key': { roles: ADMINS },
  'GET /v1/shared': { roles: ALL },
  'GET /v1/changes': { roles: ALL, ask: () => ({ query: { since: '0' } }) },
  'GET /v1/stream': { roles: ALL, ask: () => ({ query: { since: '0' } }) },
  'POST /v1/lookup': {
    roles: ALL,
    ask: ({ tag }) => ({ body: { tags: [Number(tag)] } }),
    foreign: none({ cards: [] }),
  },
  'POST /v1/cards': {
    roles: ALL,
    ask: ({ contact }) => ({ body: { ids: [contact] } }),
    foreign: none({ cards: [] }),
  },
  'GET /v1/mine': { roles: ALL },
  'POST /v1/companies': {
    roles: ALL,
    ask: ({ company }) => ({ body: { ids: [company] } }),
    foreign: none({ companies: [] }),
  },
  'POST /v1/search': {
    roles: ALL,
    ask: ({ name }) => ({ body: { q: name } }),
    foreign: none({ hits: [] }),
  },
  'POST /v1/company': { roles: ALL, ask: ({ company }) => ({ body: { id: company } }), foreign: 404 },
  'POST /v1/definition-versions': {
    roles: ALL,
    ask: ({ stage }) => ({ body: { id: stage } }),
    foreign: 404,
  },
  // Its kinds have rules of their own below.
  'POST /v1/commands': {
    roles: WRITERS,
    ask: (own) => ({ body: { commands: [command('note.pin', own)] } }),
    foreign: 200,
  },
  'POST /v1/export': { roles: LEADS, ask: ({ contact }) => ({ body: { contactId: contact } }), foreign: 404 },
  'POST /v1/erase': {
    roles: LEADS,
    ask: ({ contact }) => ({ body: { contactId: contact } }),
    foreign: none({ erased: false }),
  },
  'POST /v1/suppression/lift': {
    roles: ADMINS,
    ask: ({ email }) => ({ body: { address: email } }),
    foreign: none({ lifted: false }),
  },
  'GET /v1/retention': { roles: ALL },
  'POST /v1/retention': {
    roles: ADMINS,
    ask: () => ({ body: { historyMonths: 24, idleMonths: null, auditMonths: 24, feedDays: 90 } }),
  },
  'GET /v1/team': { roles: ALL },
  'GET /v1/recipes': { roles: ALL },
  'POST /v1/recipes/stale': {
    roles: ALL,
    ask: () => ({ body: { id: 'gmail', version: SHIPPED_RECIPES.gmail?.[0] } }),
  },
  'POST /v1/workspace': { roles: ADMINS, ask: () => ({ body: { name: 'Ours', lockDays: 9 } }) },
  'GET /v1/audit': {
    roles: ADMINS,
    ask: ({ audit }) => ({ query: { before: audit, limit: '100' } }),
    foreign: 200,
  },
  'POST /v1/invites': {
    roles: LEADS,
    ask: (own) => ({ body: { email: own.fresh('colleague'), team: 'sales', role: 'member' } }),
    foreign: 200,
  },
  'POST /v1/invites/withdraw': {
    roles: LEADS,
    ask: ({ invite }) => ({ body: { id: invite } }),
    foreign: 404,
  },
  'POST /v1/invites/renew': { roles: LEADS, ask: ({ invite }) => ({ body: { id: invite } }), foreign: 404 },
  'POST /v1/members/change': {
    roles: ADMINS,
    ask: ({ member }) => ({ body: { id: member, role: 'lead' } }),
    foreign: 404,
  },
  'POST /v1/members/remove': { roles: ADMINS, ask: ({ member }) => ({ body: { id: member } }), foreign: 404 },
  'POST /v1/members/leave': { roles: ALL, spare: true },
  'POST /v1/browsers/pair': { roles: ALL },
  // Whoever knows both ids is the browser itself; neither is in any answer to anybody else.
  'GET /v1/pairing': {
    roles: 'anyone',
    ask: ({ workspace, browser }) => ({ query: { workspace, browser } }),
    foreign: 200,
  },
  'POST /v1/sign-out': { roles: ALL, spare: true },
  'POST /v1/browsers/end': { roles: ALL, ask: ({ browser }) => ({ body: { id: browser } }), foreign: 404 },
};

/** Pages of a sign-in, which belong to the browser whose cookie says so: `sweep-sign-in.test.ts` walks them. */
export const PAGES = [
  'GET /join',
  'GET /sign-in/callback',
  'GET /sign-in/:uid',
  'GET /sign-in/:uid/company',
  'GET /sign-in/:uid/company/back',
  'POST /sign-in/:uid',
  'POST /sign-in/:uid/invitation',
];

/** Written by what the routes above do. */
export const AUDITED = [
  'browser.ended',
  'contact.erased',
  'contact.exported',
  'invite.created',
  'invite.withdrawn',
  'member.changed',
  'member.removed',
  'tag-key.changed',
  'workspace.changed',
];

/** Middleware is listed as routes for ALL methods: these paths and no others. */
export const MIDDLEWARE = [
  '/*',
  '/v1/*',
  '/oidc/*',
  '/sign-in/*',
  '/join/*',
  '/v1/pairing',
  '/healthz',
  '/readyz',
];

/** New ids by the kind of thing that stands in their place. */
export function freshIds(things: Things, taken: [string, string][]) {
  return (kind: keyof Things): string => {
    const made = kind === 'email' || kind === 'colleague' ? `${uuid()}@ours.example` : uuid();
    taken.push([made, things[kind]]);
    return made;
  };
}
