import { useEffect, useState } from 'preact/hooks';
import type { MessageKey } from '../../utils/i18n.ts';

/** The desk's parts, in the order in which they are offered; the first is the one that opens by itself. */
export const DESK_PARTS = { agreed: 'deskAgreed' } as const satisfies Record<string, MessageKey>;
export type DeskPart = keyof typeof DESK_PARTS;

/** What the page's address names: a part, and in it what it was opened for. `#agreed/7c6f…` */
export interface Place {
  part: DeskPart;
  wanted?: string;
}

const isPart = (name: string): name is DeskPart => Object.hasOwn(DESK_PARTS, name);
const first = Object.keys(DESK_PARTS).find(isPart) ?? 'agreed';

/** @returns the first part for an address that names none that is there */
export function placeIn(hash: string): Place {
  const [part = '', wanted] = hash.slice(1).split('/');
  if (!isPart(part)) return { part: first };
  return { part, ...(wanted && { wanted }) };
}

export const placeAt = (part: DeskPart, wanted?: string): string =>
  `#${part}${wanted === undefined ? '' : `/${encodeURIComponent(wanted)}`}`;

/** What the address names now: the page may be asked for something else while it is open. */
export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeIn(location.hash));
  useEffect(() => {
    const read = () => setPlace(placeIn(location.hash));
    globalThis.addEventListener('hashchange', read);
    return () => globalThis.removeEventListener('hashchange', read);
  }, []);
  return place;
}
