import * as v from 'valibot';
import { CommandsAnswer } from '../../../utils/contract/command.ts';
import { PATHS } from '../../../utils/contract/routes.ts';

export interface Sent {
  path: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

interface Got {
  status: number;
  headers: [string, string][];
  bytes: Uint8Array<ArrayBuffer>;
}

/** A request on its way there, or its answer on the way back. */
interface Letter {
  sent: Sent;
  got?: Got;
  /** Steps for which it stays where it is. */
  rest: number;
  /** Absent for a copy, which nobody waits for. */
  waits?: { resolve(response: Response): void; reject(error: Error): void; isAlive(): boolean };
}

/** How much of what is sent goes wrong, from nothing to most of it. */
export type Weather = 'calm' | 'rough' | 'storm';
const TROUBLE: Record<Weather, number> = { calm: 0, rough: 0.25, storm: 0.65 };

/** How many letters are slow, and for how many steps at most. */
const SLOW = 0.12;
const SLOWEST = 40;

/** What becomes of a request: on the way there, at the server's door, or on the way back. */
const THERE = ['refused', 'late', 'twice', 'busy', 'resting', 'portal', 'failing'] as const;
const BACK = ['lost', 'cut', 'short', 'undecided', 'twice'] as const;

const broken = () => new TypeError('network');

/**
 * Everything that is on its way between browsers and the server. Nothing moves but by `step`, which takes one letter
 * by chance: so answers overtake each other, and a request may reach the server long after its sender gave it up.
 */
export class Network {
  weather: Weather = 'calm';
  /** What happened, for whoever reads a schedule that failed. */
  readonly log: string[] = [];
  readonly #random: () => number;
  readonly #serve: (sent: Sent) => Promise<Response>;
  #letters: Letter[] = [];

  constructor(random: () => number, serve: (sent: Sent) => Promise<Response>) {
    this.#random = random;
    this.#serve = serve;
  }

  get isEmpty(): boolean {
    return this.#letters.length === 0;
  }

  fetchFor(isAlive: () => boolean): typeof globalThis.fetch {
    return (input, init) =>
      new Promise((resolve, reject) => {
        const { pathname, search } = new URL(String(input));
        const sent = {
          path: pathname + search,
          method: init?.method ?? 'GET',
          headers: Object.fromEntries(new Headers(init?.headers)),
          body: typeof init?.body === 'string' ? init.body : undefined,
        };
        this.#letters.push({ sent, rest: this.#slow(), waits: { resolve, reject, isAlive } });
      });
  }

  /** Moves one letter. @returns false when there is none */
  async step(): Promise<boolean> {
    for (const each of this.#letters) each.rest -= 1;
    const ready = this.#letters.filter(({ rest }) => rest < 0);
    const some = ready.length > 0 ? ready : this.#letters;
    const letter = some[Math.floor(this.#random() * some.length)];
    if (!letter) return false;
    this.#letters = this.#letters.filter((each) => each !== letter);
    if (letter.got) this.#bring(letter, letter.got);
    else await this.#take(letter);
    return true;
  }

  /** Lets everything arrive that nobody waits for any more. */
  async flush(): Promise<void> {
    const copies = this.#letters.filter(({ waits }) => !waits?.isAlive());
    this.#letters = this.#letters.filter((letter) => !copies.includes(letter));
    for (const { sent, got } of copies) if (!got) await this.#serve(sent);
  }

  async #take(letter: Letter): Promise<void> {
    const { sent, waits } = letter;
    const fate = waits?.isAlive() ? this.#fate(THERE) : 'arrives';
    this.log.push(`${sent.method} ${sent.path} ${fate}`);
    switch (fate) {
      case 'refused':
        return waits?.reject(broken());
      case 'late':
        this.#copy(sent);
        return waits?.reject(broken());
      case 'twice':
        this.#copy(sent);
        break;
      case 'busy':
        return waits?.resolve(problem(429, { 'retry-after': '5' }));
      case 'resting':
        return waits?.resolve(problem(503, { 'retry-after': '1' }));
      case 'failing':
        return waits?.resolve(problem(500));
      case 'portal':
        return waits?.resolve(new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    }
    const response = await this.#serve(sent);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const got = { status: response.status, headers: [...response.headers], bytes };
    if (waits) this.#letters.push({ sent, waits, got, rest: this.#slow() });
  }

  #bring({ sent, waits }: Letter, got: Got): void {
    if (!waits?.isAlive()) return;
    const fate = this.#fate(BACK);
    if (fate !== 'arrives') this.log.push(`answer of ${sent.path} ${fate}`);
    if (fate === 'lost') waits.reject(broken());
    else waits.resolve(respond(got, this.#body(fate, sent, got)));
    if (fate === 'twice') this.#copy(sent);
  }

  #body(fate: (typeof BACK)[number] | 'arrives', sent: Sent, got: Got): BodyInit {
    const half = () => got.bytes.slice(0, Math.floor(got.bytes.length * this.#random()));
    if (fate === 'cut') return cutOff(half());
    if (fate === 'short') return half();
    return fate === 'undecided' && sent.path === PATHS.commands ? this.#undecided(got) : got.bytes;
  }

  /** The database went away as it committed: the server does not know, and says of this one nothing. */
  #undecided({ status, bytes }: Got): Uint8Array<ArrayBuffer> {
    if (status !== 200) return bytes;
    const { results } = v.parse(CommandsAnswer, JSON.parse(new TextDecoder().decode(bytes)));
    return new TextEncoder().encode(JSON.stringify({ results: results.slice(0, -1) }));
  }

  #fate<T extends string>(kinds: readonly T[]): T | 'arrives' {
    if (this.#random() >= TROUBLE[this.weather] / 2) return 'arrives';
    return kinds[Math.floor(this.#random() * kinds.length)] ?? 'arrives';
  }

  #copy(sent: Sent): void {
    if (sent.method === 'POST') this.#letters.push({ sent, rest: this.#slow() });
  }

  #slow(): number {
    return this.#random() < SLOW ? Math.floor(this.#random() * SLOWEST) : 0;
  }
}

const problem = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ error: { code: 'unavailable', message: '…' } }, { status, headers });

const respond = ({ status, headers }: Got, body: BodyInit) => new Response(body, { status, headers });

function cutOff(half: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(half),
    pull: (controller) => controller.error(broken()),
  });
}
