import type { Replica } from '../replica/replica.ts';
import type { Api } from './api.ts';

/** What the parts of a round work with. */
export interface Run {
  replica: Replica;
  api: Api;
  now: () => number;
  /** Something that a screen may show has changed. */
  changed: () => void;
  /** Called while something takes long, lest the browser end an idle background. */
  alive?: () => void;
}
