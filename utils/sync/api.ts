import * as v from 'valibot';
import { Int, readAs } from '../contract/base.ts';
import { CardRow } from '../contract/card.ts';
import { ChangesAnswer } from '../contract/change.ts';
import { type Command, CommandsAnswer } from '../contract/command.ts';
import { Company } from '../contract/company.ts';
import { VersionsAnswer } from '../contract/definition.ts';
import { MineAnswer } from '../contract/mine.ts';
import { ContactExport, EraseAnswer, type EraseReason, LiftAnswer, Retention } from '../contract/privacy.ts';
import { CompanyAnswer, PATHS, Problem, SearchAnswer, Session, Shared } from '../contract/routes.ts';
import { blobSink, type TagSink } from '../replica/tags/sink.ts';
import { Trouble } from '../trouble.ts';
import { Patience } from './patience.ts';
import { recipeCalls } from './recipe-api.ts';
import { readTags, type TagAnswer } from './tag-answer.ts';
import { teamCalls } from './team-api.ts';

const PATIENCE = 10_000;

/** Cards that could be read, and the ids (with the tags that asked) of those that could not. */
export interface Cards {
  rows: CardRow[];
  unreadable: { id: string; tags: number[] }[];
  /** Of the ids asked for, those of people who were erased. */
  erased: string[];
  /** Those that have one of the domains asked for. */
  companies?: Company[];
}

export type Api = ReturnType<typeof createApi>;

const STRANGE =
  'What answers at this address is not a Truce server. Check the address, or sign in to the network first.';
const OFFLINE =
  'The Truce server does not answer. Truce goes on with what is on this device and tries again.';
const DENIED = 'The server does not let this browser in just now.';

/** Codes of the server's refusals. */
const FORBIDDEN = new Set<string | undefined>(['viewer', 'role']);
const INVALID = new Set<string | undefined>(['invalid', 'not-json', 'too-large']);

/** Rows are checked one by one, so that one that this version can't read does not take the others along. */
const LooseCards = v.object({
  cards: v.array(v.unknown()),
  erased: v.optional(v.array(v.string())),
  companies: v.optional(v.array(v.unknown())),
});
const LooseCompanies = v.object({ companies: v.array(v.unknown()) });
const RowStub = v.object({ id: v.string(), tags: v.array(Int) });

/** An access token; with one that was refused, another one. */
export type GetToken = (refused?: string) => Promise<string>;

/**
 * The server's API. Every call throws `Trouble`: `offline` (no answer in 10 s, network, 5xx, too many), `denied`
 * (401), `ended` or `removed` (401, as the server says it), `forbidden` (the server says: not for this role),
 * `invalid` (it says that it can't take this request), `strange` (no Truce server), or what `token` throws.
 */
export function createApi(
  server: string,
  token: GetToken,
  fetch: typeof globalThis.fetch = globalThis.fetch,
  now: () => number = Date.now,
) {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const first = await token();
    const response = await once(path, init, first);
    if (response.status !== 401) return judged(response, init);
    const code = await codeOf(response);
    if (code === 'ended' || code === 'removed') throw new Trouble(code, DENIED);
    if (code !== 'token') throw new Trouble('denied', DENIED);
    return judged(await once(path, init, await token(first)), init);
  }

  async function once(path: string, init: RequestInit, bearer: string): Promise<Response> {
    try {
      return await fetch(`${server}${path}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${bearer}` },
        // A redirect is a portal's or a login page's doing, and would take the token along.
        redirect: 'manual',
        cache: 'no-store',
        credentials: 'omit',
        signal: init.signal ?? AbortSignal.timeout(PATIENCE),
      });
    } catch (cause) {
      throw new Trouble('offline', OFFLINE, { cause });
    }
  }

  async function judged(response: Response, init: RequestInit): Promise<Response> {
    const { status } = response;
    const isPost = init.method === 'POST';
    const known = isPost ? [404, 409] : [304, 410];
    if (response.ok || known.includes(status)) return response;
    if (status === 401) throw new Trouble('denied', DENIED);
    if (status >= 500 || status === 429 || status === 408) {
      throw new Trouble('offline', OFFLINE, { retryAfter: retryAfter(response) });
    }
    // Only the server itself decides: others on the way refuse what they do not like.
    const code = await codeOf(response);
    if (status === 403 && FORBIDDEN.has(code)) throw new Trouble('forbidden', 'not for this role');
    if (INVALID.has(code)) throw new Trouble('invalid', 'The server could not take this.');
    throw new Trouble('strange', STRANGE);
  }

  async function read<T>(response: Response, schema: v.GenericSchema<unknown, T>): Promise<T> {
    if (response.status >= 400) throw new Trouble('strange', STRANGE);
    let body: unknown;
    try {
      body = await response.json();
    } catch (cause) {
      throw cause instanceof SyntaxError
        ? new Trouble('strange', STRANGE, { cause })
        : new Trouble('offline', OFFLINE, { cause });
    }
    const parsed = v.safeParse(schema, body);
    // The schema's own error would quote the answer: it stays behind.
    if (!parsed.success) throw new Trouble('strange', STRANGE);
    return parsed.output;
  }

  /** `undefined`: the server says that it is not there. */
  async function found<T>(response: Response, schema: v.GenericSchema<unknown, T>): Promise<T | undefined> {
    if (response.status !== 404) return read(response, schema);
    if (v.is(Problem, await response.json().catch(() => undefined))) return undefined;
    throw new Trouble('strange', STRANGE);
  }

  const get = async <T>(path: string, schema: v.GenericSchema<unknown, T>) => read(await ask(path), schema);
  const send = (path: string, body: unknown) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const post = async <T>(path: string, body: unknown, schema: v.GenericSchema<unknown, T>) =>
    read(await send(path, body), schema);

  return {
    team: teamCalls({ get, send, read }),
    recipes: recipeCalls({ ask, post }),
    session: () => get(PATHS.session, Session),
    shared: () => get(PATHS.shared, Shared),
    changes: (since: number) => get(`${PATHS.changes}?since=${since}`, ChangesAnswer),

    /**
     * The tags under the key of this number: what has changed since that version, or all. It may take as long as it
     * takes, as long as something comes; `alive` is called meanwhile. A whole set goes into the sink.
     */
    async tags(
      keyNo: number,
      since?: number,
      alive: () => void = () => undefined,
      makeSink: () => Promise<TagSink> = async () => blobSink(),
    ): Promise<TagAnswer> {
      const patience = new Patience(PATIENCE);
      try {
        const query = since === undefined ? `key=${keyNo}` : `key=${keyNo}&since=${since}`;
        const response = await ask(`${PATHS.tags}?${query}`, { signal: patience.signal });
        const onPiece = () => {
          patience.heard();
          alive();
        };
        return await readTags(response, onPiece, makeSink);
      } catch (cause) {
        if (cause instanceof Trouble) throw cause;
        // What a cut connection throws is the browser's own; a plain error is about what came.
        const strange = cause instanceof Error && cause.constructor === Error;
        throw strange
          ? new Trouble('strange', STRANGE, { cause })
          : new Trouble('offline', OFFLINE, { cause });
      } finally {
        patience.end();
      }
    },

    lookup: async (tags: number[]) => sorted(await post(PATHS.lookup, { tags }, LooseCards)),
    cards: async (ids: string[]) => sorted(await post(PATHS.cards, { ids }, LooseCards)),
    mine: async () => (await get(PATHS.mine, MineAnswer)).ids,
    async companies(ids: string[]): Promise<Company[]> {
      const { companies } = await post(PATHS.companies, { ids }, LooseCompanies);
      return readCompanies(companies);
    },
    search: async (q: string) => (await post(PATHS.search, { q, limit: 20 }, SearchAnswer)).hits,
    commands: async (commands: Command[]) =>
      (await post(PATHS.commands, { commands, sentAt: new Date(now()).toISOString() }, CommandsAnswer))
        .results,

    /** `undefined`: there is no such company. */
    company: async (id: string) => found(await send(PATHS.company, { id }), CompanyAnswer),

    /** `undefined`: there is no such definition. */
    versions: async (id: string) =>
      (await found(await send(PATHS.versions, { id }), VersionsAnswer))?.versions,

    /** `undefined`: they are not there any more. */
    exportContact: async (contactId: string) => found(await send(PATHS.export, { contactId }), ContactExport),
    erase: async (contactId: string, reason: EraseReason) =>
      (await post(PATHS.erase, { contactId, reason }, EraseAnswer)).erased,
    lift: async (address: string) => (await post(PATHS.lift, { address }, LiftAnswer)).lifted,
    retention: () => get(PATHS.retention, Retention),
    setRetention: (settings: Retention) => post(PATHS.retention, settings, Retention),
  };
}

async function codeOf(response: Response): Promise<string | undefined> {
  return readAs(Problem, await response.json().catch(() => undefined))?.error.code;
}

/** ms that the server asks to be left alone, but never so long that a person would think it broken. */
function retryAfter({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 0);
  return seconds > 0 ? Math.min(seconds, 60) * 1000 : 0;
}

const readCompanies = (companies: unknown[]): Company[] =>
  companies.map((each) => readAs(Company, each)).filter((each) => each !== undefined);

function sorted(answer: v.InferOutput<typeof LooseCards>): Cards {
  const companies = readCompanies(answer.companies ?? []);
  const cards: Cards = { rows: [], unreadable: [], erased: answer.erased ?? [], companies };
  for (const row of answer.cards) {
    const read = readAs(CardRow, row);
    if (read) cards.rows.push(read);
    else {
      const stub = readAs(RowStub, row);
      if (stub) cards.unreadable.push(stub);
    }
  }
  return cards;
}
