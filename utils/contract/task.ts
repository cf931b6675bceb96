import * as v from 'valibot';
import { Day, Id, Instant } from './base.ts';

export const Task = v.object({
  id: Id,
  text: v.string(),
  dueOn: Day,
  assigneeId: v.optional(Id),
  authorId: Id,
  doneAt: v.optional(Instant),
});
export type Task = v.InferOutput<typeof Task>;
