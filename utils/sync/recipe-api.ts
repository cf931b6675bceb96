import type * as v from 'valibot';
import { readAs } from '../contract/base.ts';
import { RECIPE_BYTES_MAX, RECIPES_MAX, RecipesAnswer, type StaleReport } from '../contract/recipes.ts';
import { PATHS } from '../contract/routes.ts';
import { Done } from '../contract/team.ts';
import { Trouble } from '../trouble.ts';

/** Bytes of an answer: no honest one comes near. */
const MOST = (RECIPES_MAX * RECIPE_BYTES_MAX) / 4;

export interface ServedAnswer {
  etag?: string;
  /** Each still to be judged. */
  recipes: unknown[];
}

interface Calls {
  ask(path: string, init?: RequestInit): Promise<Response>;
  post<T>(path: string, body: unknown, schema: v.GenericSchema<unknown, T>): Promise<T>;
}

/** Recipes newer than the extension's, and which no longer fit. Throws `Trouble`; `strange`: it serves none. */
export function recipeCalls({ ask, post }: Calls) {
  return {
    /** `undefined`: the same as when it gave this tag. */
    async read(etag?: string): Promise<ServedAnswer | undefined> {
      const headers = etag === undefined ? {} : { 'if-none-match': etag };
      const response = await ask(PATHS.recipes, { headers });
      if (response.status === 304) return undefined;
      const answer = readAs(RecipesAnswer, await readJson(response));
      if (!answer) throw new Trouble('strange', 'no recipes');
      const tag = response.headers.get('etag');
      return { ...answer, ...(tag !== null && tag.length < 200 && { etag: tag }) };
    },
    tell: ({ id, version }: StaleReport) => post(PATHS.recipesStale, { id, version }, Done),
  };
}

/** `undefined` where it is none, or too large; that much of it and no more is read. */
async function readJson({ body }: Response): Promise<unknown> {
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  try {
    for await (const piece of pieces(body)) {
      size += piece.length;
      if (size > MOST) return undefined;
      text += decoder.decode(piece, { stream: true });
    }
    return JSON.parse(text + decoder.decode());
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw new Trouble('offline', 'the answer broke off', { cause });
  }
}

/** A stream cannot be iterated in every browser yet. Ends it when nobody wants more. */
async function* pieces(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const read = await reader?.read();
      if (!read || read.done) return;
      yield read.value;
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}
