import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { namesWhenIdle } from '../utils/detect/idle-names.ts';
import { sharedPace } from '../utils/page/shared-pace.ts';
import { shared } from '../utils/page/world.ts';

/**
 * Run in a page that was read, by the background, which gets the names as its result. One reading at a time: on a page
 * that never rests it may take a while.
 */
export default defineUnlistedScript(() => {
  const world = shared();
  world.names ??= namesWhenIdle(document, sharedPace()).finally(() => {
    delete world.names;
  });
  return world.names;
});
