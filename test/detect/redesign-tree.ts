/** The tree as the browser knows it: a form's fields may go by the names of what is asked of the form. */
const getter = (owner: object, name: string): ((this: Node) => unknown) =>
  Object.getOwnPropertyDescriptor(owner, name)?.get ?? (() => undefined);
const parentNode = getter(Node.prototype, 'parentNode');
const childNodes = getter(Node.prototype, 'childNodes');
const textContent = getter(Node.prototype, 'textContent');
const { getAttributeNames, getAttribute, setAttribute, removeAttribute } = Element.prototype;
const { getElementsByTagName, querySelector, remove } = Element.prototype;
/** Keeps what a frame shows; not in the types yet. */
const { moveBefore } = Element.prototype as unknown as { moveBefore: Node['insertBefore'] };

export const ask = {
  names: (element: Element): string[] => getAttributeNames.call(element),
  get: (element: Element, name: string): string => getAttribute.call(element, name) ?? '',
  set: (element: Element, name: string, value: string): void => setAttribute.call(element, name, value),
  unset: (element: Element, name: string): void => removeAttribute.call(element, name),
  has: (element: Element, selector: string): boolean => querySelector.call(element, selector) !== null,
  text: (element: Element): string => String(textContent.call(element) ?? ''),
  /** How many elements it holds. */
  size: (element: Element): number => getElementsByTagName.call(element, '*').length,
  remove: (element: Element): void => remove.call(element),
  /** Puts a node at the end of another, or before one in there. */
  put: (parent: Node, node: Node, before: Node | null = null): void => {
    const moves = node.isConnected && parent.isConnected;
    (moves ? moveBefore : Node.prototype.insertBefore).call(parent, node, before);
  },
};

export function parentOf(node: Node): Node | undefined {
  return (parentNode.call(node) as Node | null) ?? undefined;
}

export function childrenOf(node: Node): Node[] {
  return [...(childNodes.call(node) as NodeListOf<ChildNode>)];
}

/** All elements in the order of the page, those in open shadow roots after their hosts. */
export function elementsIn(root: Document | ShadowRoot): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) =>
    element.shadowRoot instanceof ShadowRoot ? [element, ...elementsIn(element.shadowRoot)] : [element],
  );
}
