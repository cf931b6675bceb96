/*
 * Who is served next. A workspace alone may use the whole server; as soon as another one is about, each is held
 * to its share, so that one's flood waits in its own queue. Such a queue is then worked off gently, with a rest
 * after each turn: the processors behind the turns are shared too. Inside a workspace people take turns likewise.
 */

/** Thrown when so much of one's own is waiting that more would only wait longer. */
export class Busy extends Error {
  constructor() {
    super('[turns] too many at once');
    this.name = 'Busy';
  }
}

export interface Turns {
  /** Waits for a turn. @returns what ends it; call it once @throws Busy */
  take(workspaceId: string, memberId: string): Promise<() => void>;
}

export interface TurnLimits {
  /** Requests that are worked on at a time. */
  slots: number;
  /** Requests of one person that are worked on or wait. */
  perPerson: number;
  /** Requests of one workspace that are worked on or wait. */
  perWorkspace: number;
  /** More than so many that wait are a flood. */
  flood: number;
  /** How long a flood rests after a turn, in times of what the turn took. */
  rest: number;
  /** ms for which a workspace counts as about after its last request. */
  about: number;
}

/** ms: one slow answer must not keep a whole team waiting. */
const REST_MAX = 200;

interface Guest {
  running: number;
  pending: number;
  seen: number;
  restUntil: number;
  /** Waiting, by person; whoever was served last is at the end. */
  people: Map<string, { pending: number; queue: (() => void)[] }>;
}

export function createTurns(limits: TurnLimits, now: () => number = () => performance.now()): Turns {
  const guests = new Map<string, Guest>();
  let running = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function guestOf(id: string): Guest {
    const guest = guests.get(id) ?? { running: 0, pending: 0, seen: 0, restUntil: 0, people: new Map() };
    guest.seen = now();
    guests.set(id, guest);
    return guest;
  }

  /** Those who left are forgotten here too, so that the map stays small. */
  function share(): number {
    const since = now() - limits.about;
    for (const [id, guest] of guests) if (guest.pending === 0 && guest.seen < since) guests.delete(id);
    return Math.max(1, Math.floor(limits.slots / Math.max(1, guests.size)));
  }

  const isFlood = ({ pending, running: mine }: Guest) => guests.size > 1 && pending - mine > limits.flood;

  function serve(): void {
    if (running >= limits.slots) return;
    const most = share();
    while (running < limits.slots) {
      let next: Guest | undefined;
      for (const guest of guests.values()) {
        if (guest.pending === guest.running || guest.running >= most) continue;
        if (isFlood(guest) && (guest.running > 0 || rests(guest))) continue;
        if (!next || guest.running < next.running) next = guest;
      }
      if (!next) return;
      next.running += 1;
      running += 1;
      start(next);
    }
  }

  function rests({ restUntil }: Guest): boolean {
    const left = restUntil - now();
    if (left <= 0) return false;
    if (timer === undefined) {
      timer = setTimeout(() => {
        timer = undefined;
        serve();
      }, left);
    }
    return true;
  }

  function start(guest: Guest): void {
    for (const [id, person] of guest.people) {
      const first = person.queue.shift();
      if (!first) continue;
      guest.people.delete(id);
      guest.people.set(id, person);
      first();
      return;
    }
  }

  return {
    take(workspaceId, memberId) {
      const guest = guestOf(workspaceId);
      const person = guest.people.get(memberId) ?? { pending: 0, queue: [] };
      if (person.pending >= limits.perPerson || guest.pending >= limits.perWorkspace) {
        return Promise.reject(new Busy());
      }
      guest.people.set(memberId, person);
      person.pending += 1;
      guest.pending += 1;
      return new Promise((resolve) => {
        person.queue.push(() => {
          const began = now();
          resolve(() => {
            running -= 1;
            guest.running -= 1;
            guest.pending -= 1;
            person.pending -= 1;
            if (person.pending === 0) guest.people.delete(memberId);
            guest.restUntil = now() + Math.min((now() - began) * limits.rest, REST_MAX);
            serve();
          });
        });
        serve();
      });
    },
  };
}
