import * as v from 'valibot';
import { type Command, contactOf } from '../../../utils/contract/command.ts';
import type { Queued } from '../../../utils/replica/disk.ts';
import type { Replica } from '../../../utils/replica/replica.ts';
import type { Seat } from './place.ts';

const Sent = v.object({
  commands: v.array(v.object({ id: v.string(), baseRevision: v.optional(v.number()) })),
});

/** Whose browser it is, and what it holds now. */
export interface Author {
  readonly seat: Seat;
  readonly replica: Replica;
}

/** What a person wrote, and whether their screen has said that it is saved. */
export interface Written {
  by: Author;
  command: Command;
  acked: boolean;
  /** The text of the note as its author saw it, where it was to be replaced. */
  saw?: string;
  /** Its author gave it up, or wrote it anew in its place, after it was refused. */
  over?: true;
}

/** All that was ever written, in order: kept beside the code under test, which knows nothing of it. */
export class Ledger {
  readonly all: Written[] = [];

  /** @param instead of this one */
  begin(by: Author, command: Command, instead?: string): Written {
    if (instead !== undefined) this.#end([instead]);
    const entry: Written = { by, command, acked: false };
    this.all.push(entry);
    return entry;
  }

  /** With it goes what was written about a person whom the server would not add. */
  giveUp(id: string, queued: Queued[]): void {
    const given = queued.find(({ command }) => command.id === id);
    const isAdd = given?.command.kind === 'contact.add';
    const behind = queued.filter(({ command }) => isAdd && contactOf(command) === contactOf(given.command));
    this.#end([id, ...behind.map(({ command }) => command.id)]);
  }

  /** What a browser sends: an edit may name another revision than its author did. */
  sent(body: string): void {
    for (const { id, ...rest } of v.parse(Sent, JSON.parse(body)).commands) {
      const entry = this.all.find(({ command }) => command.id === id);
      if (entry && 'baseRevision' in entry.command && rest.baseRevision !== undefined)
        entry.command = { ...entry.command, baseRevision: rest.baseRevision };
    }
  }

  #end(ids: string[]): void {
    for (const entry of this.all) if (ids.includes(entry.command.id)) entry.over = true;
  }
}
