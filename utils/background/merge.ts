import { normalName } from '../contract/match-key.ts';
import { isProfile } from '../contract/profiles.ts';
import { type Named, type PageReport, type Role, roleOrder, type Sighting } from '../detect/types.ts';

export interface FrameReport {
  frameId: number;
  report: PageReport;
}

const stronger = (a: Role, b: Role): Role => (roleOrder(a) <= roleOrder(b) ? a : b);

/** Keys that stand for one person; a name alone does not. */
export const isSure = (key: string): boolean => key.startsWith('email:') || isProfile(key);

const hasFocus = ({ report }: FrameReport): boolean => report.sightings.some(({ focus }) => focus);

/**
 * The frame that says whom the page is about. `frames`: the outermost first. Where one is a known site's, only such
 * frames are asked: any other may be a message's text, which a stranger wrote. For the same reason, where none is,
 * nobody but the top frame is asked.
 */
function speaker(frames: FrameReport[]): FrameReport | undefined {
  const known = frames.filter(({ report }) => report.site !== undefined);
  if (known.length > 0) return known.find(hasFocus);
  return frames.find(({ frameId }) => frameId === 0);
}

/**
 * One list of people from all frames of a page, the top frame's first. Whoever is seen twice under a key
 * becomes one sighting: with the best role and the first name, and in focus if the frame that says so has it.
 */
export function mergeFrames(frames: FrameReport[]): Sighting[] {
  const byKey = new Map<string, Sighting>();
  const merged: Sighting[] = [];
  const inTurn = [...frames].sort((a, b) => a.frameId - b.frameId);
  const about = speaker(inTurn);
  for (const frame of inTurn) {
    for (const seen of frame.report.sightings) {
      const sighting = { ...seen, focus: seen.focus && frame === about };
      const sure = sighting.keys.filter(isSure);
      const keys = sure.length > 0 ? sure : sighting.keys;
      const before = keys.map((key) => byKey.get(key)).find((found) => found !== undefined);
      const person = before ? join(before, sighting) : sighting;
      if (!before) merged.push(person);
      for (const key of keys) if (!byKey.has(key)) byKey.set(key, person);
    }
  }
  return merged;
}

/** Everybody in the frames, and of those whom the text names whoever is not among them. */
export function everybody(frames: FrameReport[], named: Named[]): Sighting[] {
  const seen = mergeFrames(frames);
  const there = new Set(seen.map(({ name }) => normalName(name ?? '')));
  const others = named.filter(({ name }) => !there.has(normalName(name)));
  return [
    ...seen,
    ...others.map((one): Sighting => ({ ...one, keys: [], role: 'mentioned', focus: false, why: 'name' })),
  ];
}

/** Changes `into`, which is a copy of ours. */
function join(into: Sighting, from: Sighting): Sighting {
  into.keys = [...new Set([...into.keys, ...from.keys])].sort(
    (a, b) => Number(isSure(b)) - Number(isSure(a)),
  );
  into.role = stronger(into.role, from.role);
  into.focus ||= from.focus;
  if (into.address === undefined && from.address !== undefined) into.address = from.address;
  if (into.name === undefined && from.name !== undefined) into.name = from.name;
  const claims = [...new Set([...(into.claims ?? []), ...(from.claims ?? [])])].slice(0, 20);
  if (claims.length > 0) into.claims = claims;
  const at = [...new Set([...(into.at ?? []), ...(from.at ?? [])])].slice(0, 5);
  if (at.length > 0) into.at = at;
  return into;
}
