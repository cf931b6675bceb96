import { vi } from 'vitest';
import type { Batch } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { bytesOf } from '../../../utils/replica/tags/tag-bytes.ts';
import { Sync } from '../../../utils/sync/sync.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { cardOf, heldOf, idOf } from '../replica/samples.ts';

export const ann = heldOf(cardOf(idOf(10), 'Ann Lee', 'ann@acme.example'));
export const note = {
  ...{ workspaceId: idOf(1), memberId: idOf(2) },
  command: {
    ...{ id: idOf(70), at: '2026-03-02T10:00:00.000Z', kind: 'note.pin' as const },
    payload: { noteId: idOf(71), contactId: ann.id, text: 'Hello' },
  },
};

const answers: Record<string, () => Response> = {
  '/v1/session': () =>
    Response.json({
      workspace: { id: idOf(1), name: 'Team' },
      me: idOf(2),
      tagKey: btoa('k'.repeat(32)),
      tagKeyNo: 1,
      version: 3,
    }),
  '/v1/tags': () => tagAnswer('whole', []),
  '/v1/shared': () => Response.json({ version: 3, stages: [], members: [], campaigns: [] }),
  '/v1/changes': () => Response.json({ version: 3, changes: [], more: false }),
};

/** An answer of `GET /v1/tags`. */
export function tagAnswer(
  form: 'whole' | 'delta',
  tags: number[],
  removed: number[] = [],
  version = 3,
): Response {
  const headers = {
    'truce-version': String(version),
    'truce-tags': form,
    'truce-count': String(tags.length + removed.length),
    ...(form === 'delta' && { 'truce-added': String(tags.length) }),
  };
  return new Response(bytesOf([...tags, ...removed]), { headers });
}

/** A copy in step with a server whose answers a test may change. */
export async function setUp() {
  const asked: string[] = [];
  let answer: Weather;
  const replica = new Replica(async () => memoryDisk());
  let pairing: Trouble = new Trouble('denied', '');
  const auth = {
    token: async (refused?: string) => (refused ? 'second' : 'first'),
    ask: () => Promise.reject(pairing),
    drop: async (batch: Batch) => {
      await replica.write({ ...batch, grant: null });
      return true;
    },
    signOut: async () => {
      await replica.write({ clear: true, clearOwn: true, grant: null });
      return tell;
    },
  };
  const tell = vi.fn(() => Promise.resolve());
  const onWiped = vi.fn();
  const onTick = vi.fn();
  const sync = new Sync({
    ...{ replica, auth, onWiped, onTick },
    onChange: () => undefined,
    random: () => 1,
    fetch: async (input, init) => {
      const { pathname } = new URL(String(input));
      asked.push(pathname);
      const given = answer?.(pathname, new Headers(init?.headers).get('authorization') ?? '');
      if (given instanceof Promise) {
        const { promise: stopped, reject } = Promise.withResolvers<never>();
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        return Promise.race([given, stopped]);
      }
      return given ?? answers[pathname]?.() ?? new Response('', { status: 404 });
    },
  });
  const meta = { server: 'https://team.example', workspaceId: idOf(1), me: idOf(2), browserId: idOf(9) };
  await sync.change(() => replica.write({ meta }));
  asked.length = 0;
  return {
    ...{ sync, replica, asked, onWiped, onTick, tell },
    answer: (next: Weather) => {
      answer = next;
    },
    down: (value: boolean) => {
      answer = value
        ? () => {
            throw new TypeError('network');
          }
        : undefined;
    },
    ended: (trouble: Trouble) => {
      pairing = trouble;
    },
  };
}

type Weather = ((path: string, bearer: string) => Response | Promise<Response> | undefined) | undefined;
export const refusal = (code: string, status = 401) =>
  Response.json({ error: { code, message: '…' } }, { status });
