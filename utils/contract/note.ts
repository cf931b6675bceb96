import * as v from 'valibot';
import { Id, Instant, Link, Revision, text } from './base.ts';

export const NOTE_MAX = 4000;
export const NoteText = text(NOTE_MAX);

/** Host a note was pinned from, `mail.google.com`; never a path. */
export const Site = v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/));

/** The page a note is about, by choice only: `http(s)`, without sign-in, query and fragment. */
export const PageLink = v.pipe(
  Link,
  v.check((link) => link === plainLink(link)),
);

/** The address without sign-in, query and fragment; undefined when it is none of the web's. */
export function plainLink(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return `${url.origin}${url.pathname}`;
}

export const Note = v.object({
  id: Id,
  text: v.string(),
  pinned: v.boolean(),
  authorId: Id,
  site: v.optional(Site),
  link: v.optional(PageLink),
  at: Instant,
  editedAt: v.optional(Instant),
  /** Set on a text that was kept beside another edit of the same note. */
  besideId: v.optional(Id),
  revision: Revision,
});
export type Note = v.InferOutput<typeof Note>;
