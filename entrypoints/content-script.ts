import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { seek } from '../utils/detect/seek.ts';
import { beginLife, isOurs, isTop, tell } from '../utils/page/life.ts';
import { sharedPace } from '../utils/page/shared-pace.ts';

/**
 * Runs in every frame of a site the user opened to us, or once by a click on the toolbar icon; the background has the
 * frame read (`reader-script.ts`) as soon as something in it may be somebody.
 * Unlisted, since WXT's wrapper for content scripts announces itself to the page with an event.
 */
export default defineUnlistedScript(() => {
  const life = beginLife();
  const top = isTop();
  seek(document, {
    told: (found) => {
      // A frame without people has nothing to say; the page itself always does, so that it counts as read.
      if (found || top) void tell(life, { kind: 'page.marks', payload: { found } });
    },
    pace: sharedPace(),
    signal: life.signal,
    wanted: () => isOurs(life),
  });
});
