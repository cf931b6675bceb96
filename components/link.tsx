import type { ComponentChildren } from 'preact';
import { webLink } from '../utils/web-link.ts';
import { type DeskPart, placeAt } from './desk/place.ts';

interface LinkProps {
  /** As the data has it, whatever that is. */
  to: string | undefined;
  class?: string;
  children: ComponentChildren;
  /** Shown where the address is none to follow; absent: what the link would say, as text. */
  otherwise?: ComponentChildren;
}

/** A link out of our pages. */
export function Link({ to, children, otherwise = children, ...props }: LinkProps) {
  const href = webLink(to);
  if (href === undefined) return <>{otherwise}</>;
  return (
    <a {...props} href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

interface DeskLinkProps {
  part: DeskPart;
  /** Of what is to be shown there. */
  id?: string;
  children: ComponentChildren;
}

/** A link to a part of our desk: the page is always ours, whatever the id is. */
export function DeskLink({ part, id, children }: DeskLinkProps) {
  return (
    <a class="link" href={`/desk.html${placeAt(part, id)}`} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
