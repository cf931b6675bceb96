import * as v from 'valibot';
import { Id } from './base.ts';

/** So many of the user's own contacts are kept for a day without the server. */
export const MINE_MAX = 2000;
/** Days for which a note or a touch makes somebody one's own. */
export const MINE_DAYS = 30;

/** `GET /v1/mine`: contacts of the user's own, those that changed last first. */
export const MineAnswer = v.object({ ids: v.pipe(v.array(Id), v.maxLength(MINE_MAX)) });
export type MineAnswer = v.InferOutput<typeof MineAnswer>;
