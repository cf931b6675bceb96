import type { Context } from 'hono';
import * as v from 'valibot';
import { Refusal } from './problem.ts';

/** The request's body as its schema reads it. @throws a 400 that names the first field that is wrong */
export async function readBody<S extends v.GenericSchema>(c: Context, schema: S): Promise<v.InferOutput<S>> {
  const text = await c.req.text();
  let value: unknown;
  try {
    value = JSON.parse(text, withoutNul);
  } catch {
    throw new Refusal(400, 'not-json', 'The request is not readable as JSON.');
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  // A list would pass for an object of which nothing is given.
  if (parsed.success && !Array.isArray(value)) return parsed.output;
  const keys = parsed.issues?.[0].path?.map(({ key }) => String(key));
  const path = keys?.filter((part) => /^[\w-]{1,40}$/.test(part));
  const where = path?.length ? ` The first is ${path.slice(0, 8).join('.')}.` : '';
  throw new Refusal(
    400,
    'invalid',
    `The request has fields that the server cannot read.${where} Server and extension may differ in version.`,
  );
}

/** PostgreSQL's text holds no NUL, and nobody means to type one. */
const withoutNul = (_key: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
