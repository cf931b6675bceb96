import { Id, Instant, Revision, text, z } from './base.ts';

export const NOTE_MAX = 4000;
export const NoteText = text(NOTE_MAX);

/** Host a note was pinned from, `mail.google.com`; never a path. */
export const Site = z.string().check(z.regex(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/));

/** The page a note is about, by choice only: `http(s)`, without sign-in, query and fragment. */
export const PageLink = z.url({ protocol: /^https?$/ }).check(
  z.maxLength(2000),
  z.refine((link) => link === plainLink(link)),
);

/** The address without sign-in, query and fragment; undefined when it is none of the web's. */
export function plainLink(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return `${url.origin}${url.pathname}`;
}

export const Note = z.object({
  id: Id,
  text: z.string(),
  pinned: z.boolean(),
  authorId: Id,
  site: z.optional(Site),
  link: z.optional(PageLink),
  at: Instant,
  editedAt: z.optional(Instant),
  /** Set on a text that was kept beside another edit of the same note. */
  besideId: z.optional(Id),
  revision: Revision,
});
export type Note = z.infer<typeof Note>;
