import { createHmac } from 'node:crypto';
import { bytesOf } from '../../../utils/replica/tags/tag-bytes.ts';
import { idOf } from '../replica/samples.ts';
import { ascending } from '../replica/tags/samples.ts';

/** `GET /v1/session` and `GET /v1/tags` as the server answers them, over a set of match keys that a test changes. */
export class TagServer {
  version = 1;
  keyNo = 1;
  /** Numbers of the keys that are kept. */
  kept = [1];
  /** Which life of the server this is: the same number is another key in another. */
  life = 'a';
  readonly asked: string[] = [];
  /** Bytes after which the next answers break off. */
  cutAt: number | undefined;
  /** They break off as if that were their end. */
  quietly = false;
  /** Changes below this version are forgotten. */
  floor = 0;
  readonly #members = new Set<string>();
  #log: { version: number; member: string }[] = [];

  /** Adds where it is not there, and takes away where it is. */
  toggle(...members: string[]): void {
    this.version += 1;
    for (const member of members) {
      if (!this.#members.delete(member)) this.#members.add(member);
      this.#log.push({ version: this.version, member });
    }
  }

  get members(): Set<string> {
    return new Set(this.#members);
  }

  rotate(): void {
    this.version += 1;
    this.keyNo += 1;
    this.kept = [this.keyNo - 1, this.keyNo];
  }

  readonly fetch: typeof globalThis.fetch = async (input) => {
    const { pathname, search, searchParams } = new URL(String(input));
    this.asked.push(pathname + search);
    if (pathname === '/v1/session') {
      const tagKey = this.#key(this.keyNo).toString('base64');
      const { keyNo: tagKeyNo, version } = this;
      return Response.json({ workspace: { id: idOf(1), name: 'T' }, me: idOf(2), tagKey, tagKeyNo, version });
    }
    const keyNo = Number(searchParams.get('key'));
    if (!this.kept.includes(keyNo)) {
      return Response.json({ error: { code: 'tag-key', message: '' } }, { status: 410 });
    }
    const since = searchParams.has('since') ? Number(searchParams.get('since')) : -1;
    const tagged = (members: Iterable<string>) =>
      ascending([...members].map((each) => this.#tag(keyNo, each)));
    if (since < this.floor) return this.#answer('whole', tagged(this.#members));
    const touched = new Set(this.#log.filter(({ version }) => version > since).map(({ member }) => member));
    const added = tagged(touched.intersection(this.#members));
    return this.#answer('delta', added, tagged(touched.difference(this.#members)));
  };

  #answer(form: 'whole' | 'delta', tags: number[], removed: number[] = []): Response {
    const bytes = bytesOf([...tags, ...removed]);
    const { cutAt, quietly } = this;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < Math.min(bytes.length, cutAt ?? Number.POSITIVE_INFINITY); at += 7)
          controller.enqueue(bytes.slice(at, at + 7));
        if (cutAt === undefined || quietly) controller.close();
        else controller.error(new TypeError('network'));
      },
    });
    const headers = {
      'truce-version': String(this.version),
      'truce-tags': form,
      'truce-count': String(tags.length + removed.length),
      ...(form === 'delta' && { 'truce-added': String(tags.length) }),
    };
    return new Response(body, { headers });
  }

  #key(no: number): Buffer {
    return createHmac('sha256', this.life).update(String(no)).digest();
  }

  #tag(keyNo: number, member: string): number {
    return createHmac('sha256', this.#key(keyNo)).update(member).digest().readUIntBE(0, 6);
  }
}
