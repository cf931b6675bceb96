import { Auth } from '../../../utils/auth/auth.ts';
import { newKey, proofOf } from '../../../utils/auth/key.ts';
import { memoryShelf } from '../../../utils/auth/shelf.ts';
import type { Disk } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { cardOf, heldOf, idOf } from '../replica/samples.ts';
import { FakeProvider, SERVER } from './provider.ts';

const REDIRECT = 'https://self.chromiumapp.org/';

/** One worker of the extension; several may stand on one disk and shelf, as when one is still ending. */
export class Worker {
  readonly replica: Replica;
  readonly auth: Auth;

  constructor(provider: FakeProvider, disk: Disk, shelf = memoryShelf(), now = () => 1_000_000) {
    this.replica = new Replica(async () => disk);
    const fetch: FakeProvider['fetch'] = (...input) => provider.fetch(...input);
    this.auth = new Auth({ replica: this.replica, shelf, fetch, now, alone: (job) => alone(job) });
  }
}

/** As `navigator.locks` does: one at a time, of all workers. */
let last: Promise<unknown> = Promise.resolve();
export function alone<T>(job: () => Promise<T>): Promise<T> {
  const next = last.then(job, job);
  last = next.catch(() => undefined);
  return next;
}

export async function signedIn(now?: () => number) {
  const provider = new FakeProvider();
  const disk = memoryDisk();
  const shelf = memoryShelf();
  const worker = new Worker(provider, disk, shelf, now);
  await signIn(worker, provider);
  provider.asked.length = 0;
  const another = () => new Worker(provider, disk, shelf, now);
  return { provider, disk, shelf, worker, another };
}

export async function signIn({ auth, replica }: Worker, provider: FakeProvider): Promise<void> {
  const key = await newKey(replica, SERVER);
  const oauth = auth.oauth(SERVER);
  const request = await oauth.request(REDIRECT, {});
  const code = request.read(provider.approve(request.url));
  await auth.adopt(SERVER, await oauth.byCode(code, REDIRECT, await proofOf(key)), key);
}

export const ann = heldOf(cardOf(idOf(10), 'Ann Lee', 'ann@acme.example'));
export const note = (workspaceId: string, memberId: string, id = 70) => ({
  ...{ server: SERVER, workspaceId, memberId },
  command: {
    ...{ id: idOf(id), at: '2026-03-02T10:00:00.000Z', kind: 'note.pin' as const },
    payload: { noteId: idOf(71), contactId: ann.id, text: 'Hello' },
  },
});
