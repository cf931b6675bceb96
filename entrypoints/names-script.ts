import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { namesWhenIdle } from '../utils/detect/idle-names.ts';
import type { Named } from '../utils/detect/types.ts';
import { sharedPace } from '../utils/page/shared-pace.ts';

/** One reading at a time: on a page that never rests it may take a while. */
const world: typeof globalThis & { truceNames?: Promise<Named[]> } = globalThis;

/** Run in a page that was read, by the background, which gets the names as its result. */
export default defineUnlistedScript(() => {
  world.truceNames ??= namesWhenIdle(document, sharedPace()).finally(() => {
    delete world.truceNames;
  });
  return world.truceNames;
});
