import type { ComponentChildren } from 'preact';
import { type MessageKey, parts } from '../utils/i18n.ts';

/** A message whose substitutions are elements: `<Text k="leadsHere" with={[<Team … />]} />`. */
export function Text({ k, with: elements }: { k: MessageKey; with: ComponentChildren[] }) {
  return <>{parts(k, elements.length).map((part) => (typeof part === 'number' ? elements[part] : part))}</>;
}
