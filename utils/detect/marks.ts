import type { Label } from './labels.ts';
import type { Why } from './types.ts';

/** A place on the page that stands for a person; kept by the node that carries it, so that a change re-reads only that. */
export interface Mark {
  /** Whose visibility and place count. */
  element: Element;
  /** Match key; empty: a name with a company is all there is. */
  key: string;
  address?: string;
  name?: string;
  /** As in a sighting. */
  at?: string[];
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
  /** Read, and left out for want of room: nobody sees them. */
  readonly passed = new Set<Node>();
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

  /** Leaves out what a node carries, to make room. */
  pass(node: Node): void {
    this.delete(node);
    this.passed.add(node);
  }

  /** Nothing more will be taken. */
  get full(): boolean {
    return this.count >= MARKS_MAX;
  }

  /** Drops what has left the document, and what stands within `roots`, which are about to be read again. Yields often. */
  *prune(roots: ReadonlySet<Node>): Generator<undefined> {
    const inside = insider(roots);
    for (const node of [...this.byNode.keys()]) {
      if (!node.isConnected || inside(node)) this.delete(node);
      yield;
    }
  }

  clear(): void {
    this.byNode.clear();
    this.passed.clear();
    this.count = 0;
  }
}

/** Nothing stands deeper. A form's own field may go by the name of `parentNode`: whoever climbs by it goes round. */
export const DEPTH_MAX = 5000;

/** A page's first element: an image may go by the name of `documentElement`. */
export function rootOf(doc: Document): Element | undefined {
  return Object.getOwnPropertyDescriptor(Document.prototype, 'documentElement')?.get?.call(doc) ?? undefined;
}

/** Whether a node stands within `root`: a form's own `contains` may be a field of it. */
export const contains = (root: Node, node: Node | null): boolean => Node.prototype.contains.call(root, node);

/** Tells whether a node is one of `roots` or stands below one. For many, each ancestor is asked once. */
export function insider(roots: ReadonlySet<Node>): (node: Node | null) => boolean {
  if (roots.size < 2) {
    const [root] = roots;
    return (node) => root !== undefined && contains(root, node);
  }
  const known = new Map<Node, boolean>();
  return (node) => {
    const path: Node[] = [];
    let inside = false;
    for (let at = node; at && path.length < DEPTH_MAX; at = at.parentNode) {
      inside = roots.has(at) || known.get(at) === true;
      if (inside || known.has(at)) break;
      path.push(at);
    }
    for (const one of path) known.set(one, inside);
    return inside;
  };
}
