import { Day, Id, Instant, z } from './base.ts';

export const Task = z.object({
  id: Id,
  text: z.string(),
  dueOn: Day,
  assigneeId: z.optional(Id),
  authorId: Id,
  doneAt: z.optional(Instant),
});
export type Task = z.infer<typeof Task>;
