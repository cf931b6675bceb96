import { Id, Instant, Revision, text, z } from './base.ts';

export const NOTE_MAX = 4000;
export const NoteText = text(NOTE_MAX);

/** Host a note was pinned from, `mail.google.com`; never a path. */
export const Site = z.string().check(z.regex(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/));

export const Note = z.object({
  id: Id,
  text: z.string(),
  pinned: z.boolean(),
  authorId: Id,
  site: z.optional(Site),
  at: Instant,
  editedAt: z.optional(Instant),
  /** Set on a text that was kept beside another edit of the same note. */
  besideId: z.optional(Id),
  revision: Revision,
});
export type Note = z.infer<typeof Note>;
