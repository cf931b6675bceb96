import type { Label } from './labels.ts';
import type { Why } from './types.ts';

/** A place on the page that stands for a person; kept by the node that carries it, so that a change re-reads only that. */
export interface Mark {
  /** Whose visibility and place count. */
  element: Element;
  /** Match key. */
  key: string;
  address?: string;
  name?: string;
  why: Why;
  label?: Label;
  /** The label is part of a header's markup. */
  firm?: boolean;
  author?: boolean;
  /** Written for machines: needs no visibility, and is never more than mentioned. */
  machine?: boolean;
  /** The account's own: nobody to be offered. */
  own?: boolean;
  /** Sent through a mailing list, whose address this is. */
  list?: boolean;
}

export const MARKS_MAX = 2500;

/** All marks of one document by the text node or element that carries them. */
export class Marks {
  readonly byNode = new Map<Node, Mark[]>();
  count = 0;
  /** Whether the page marks people up as cards: without any, none need be looked for around an address. */
  cards = false;

  add(node: Node, mark: Mark): void {
    if (this.count >= MARKS_MAX) return;
    const there = this.byNode.get(node);
    if (there === undefined) this.byNode.set(node, [mark]);
    else there.push(mark);
    this.count++;
  }

  has(node: Node): boolean {
    return this.byNode.has(node);
  }

  delete(node: Node): void {
    const there = this.byNode.get(node);
    if (there === undefined) return;
    this.count -= there.length;
    this.byNode.delete(node);
  }

  /** Drops what has left the document, and what stands within `roots`, which are about to be read again. */
  prune(roots: ReadonlySet<Node>): void {
    for (const node of this.byNode.keys()) {
      if (!node.isConnected || within(node, roots)) this.delete(node);
    }
  }

  clear(): void {
    this.byNode.clear();
    this.count = 0;
  }
}

/** Nothing stands deeper. A form's own field may go by the name of `parentNode`: whoever climbs by it goes round. */
export const DEPTH_MAX = 5000;

/** Whether a node is one of `roots` or stands below one. */
export function within(node: Node | null, roots: ReadonlySet<Node>): boolean {
  for (let at = node, n = 0; at && n < DEPTH_MAX; at = at.parentNode, n++) if (roots.has(at)) return true;
  return false;
}
