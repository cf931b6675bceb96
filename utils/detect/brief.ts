const NODES_MAX = 200;

/** A node's text, or the beginning of it: a label or a name is short, whatever a page has put below an element. */
export function briefText(node: Node, max: number): string {
  const only = node.nodeType === 1 ? node.firstChild : node;
  if (!only) return '';
  if (only.nodeType === 3 && (only === node || only === node.lastChild)) {
    return (only as Text).data.slice(0, max);
  }
  // A form's own `ownerDocument` may be a field of it.
  const walker = document.createTreeWalker(node, 5);
  let text = '';
  for (let n = 0; n < NODES_MAX && text.length < max; n++) {
    const next = walker.nextNode();
    if (!next) break;
    if (next.nodeType === 3) text += (next as Text).data.slice(0, max);
  }
  return text.slice(0, max);
}
