/** So many cards at most lie on this device. */
export const CARDS_MOST = 5000;

/** What may go, and what may not. */
export interface Limits {
  most: number;
  /** Contacts whose cards stay whatever happens: something that was written here is about them. */
  keep: ReadonlySet<string>;
  /** The user's own, those that changed last first: they stay while others can go. */
  own: readonly string[];
}

/**
 * Cards to be dropped, so that no more than `most` are left: those that were seen least recently first.
 * @param ids all that are held
 * @param seen those of them that were ever seen, the latest last
 */
export function toEvict(ids: string[], seen: readonly string[], { most, keep, own }: Limits): string[] {
  const over = ids.length - most;
  if (over <= 0) return [];
  const place = new Map(own.map((id, index) => [id, index]));
  const turn = new Map(seen.map((id, index) => [id, index + 1]));
  const lastSeen = (id: string) => turn.get(id) ?? -(place.get(id) ?? 0);
  return ids
    .filter((id) => !keep.has(id))
    .sort((a, b) => Number(place.has(a)) - Number(place.has(b)) || lastSeen(a) - lastSeen(b))
    .slice(0, over);
}
