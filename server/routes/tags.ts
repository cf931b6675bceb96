import { type Context, Hono } from 'hono';
import { PATHS, VERSION_HEADER } from '../../utils/contract/routes.ts';
import { TAGS_HEADERS, type TagKeyAnswer } from '../../utils/contract/tags.ts';
import { type Database, inWorkspace } from '../store/database.ts';
import { beginRotation } from '../store/tag-rotation.ts';
import { findTagKey, measureSet, type Page, readDelta, readSetPage } from '../store/tag-set.ts';
import { Refusal } from './problem.ts';
import { atLeast } from './role.ts';
import { teamRefusal } from './team-refusal.ts';
import type { Deps, Env } from './types.ts';

const OCTETS = { 'content-type': 'application/octet-stream' };

const noKey = () =>
  new Refusal(410, 'tag-key', 'The team has another key for look-ups now. Read the session again.');

/** The set of tags that browsers test page keys against, whole or as what changed, and its key. */
export const tags = ({ db, retag }: Deps) =>
  new Hono<Env>()
    .get(PATHS.tags, async (c) => {
      const { workspaceId } = c.get('device');
      const wanted = wholeNumber(c.req.query('key'));
      const since = wholeNumber(c.req.query('since'));
      const found = await inWorkspace(
        db,
        workspaceId,
        async (trx) => {
          const keyNo = await findTagKey(trx, workspaceId, wanted);
          if (keyNo === undefined) throw noKey();
          const delta = since === undefined ? undefined : await readDelta(trx, workspaceId, keyNo, since);
          return delta ?? { ...(await measureSet(trx, workspaceId, keyNo)), keyNo };
        },
        'repeatable read',
      );
      c.header(VERSION_HEADER, String(found.version));
      c.header('cache-control', 'private, no-store');
      if ('bytes' in found) {
        c.header(TAGS_HEADERS.form, 'delta');
        c.header(TAGS_HEADERS.count, String(found.bytes.length / 6));
        c.header(TAGS_HEADERS.added, String(found.added));
        return c.body(new Uint8Array(found.bytes), 200, OCTETS);
      }
      c.header(TAGS_HEADERS.form, 'whole');
      c.header(TAGS_HEADERS.count, String(found.count));
      return c.body(streamSet(c, db, found.keyNo), 200, OCTETS);
    })
    .post(PATHS.tagKey, async (c) => {
      const actor = c.get('device');
      atLeast('admin', actor);
      const keyNo = await inWorkspace(db, actor.workspaceId, (trx) => beginRotation(trx, actor));
      if (keyNo === 'role') throw teamRefusal('role');
      retag?.();
      return c.json({ done: true, keyNo } satisfies TagKeyAnswer);
    });

/**
 * Reads a page when the one before has been taken, each in a transaction and a turn of its own: a slow network
 * holds up nothing, and what is in memory is a page. Pages may be of later versions than the first; what they have
 * of it is in the delta since the first, which says of every touched tag whether it is there now.
 */
function streamSet(c: Context<Env>, db: Database, keyNo: number): ReadableStream<Uint8Array> {
  const { workspaceId } = c.get('device');
  const turn = c.get('turn');
  const read = (after: number) =>
    inWorkspace(db, workspaceId, async (trx): Promise<Page> => {
      const page = await readSetPage(trx, workspaceId, keyNo, after);
      if ((await findTagKey(trx, workspaceId, keyNo)) === undefined) throw noKey();
      return page;
    });
  let after = -1;
  return new ReadableStream(
    {
      async pull(controller) {
        const end = await turn?.();
        try {
          const { bytes, last } = await read(after);
          if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
          if (last === undefined) return controller.close();
          after = last;
        } finally {
          end?.();
        }
      },
    },
    { highWaterMark: 0 },
  );
}

function wholeNumber(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,15}$/.test(typed)) return Number(typed);
  throw new Refusal(400, 'invalid', 'The request must name its key and version as whole numbers.');
}
