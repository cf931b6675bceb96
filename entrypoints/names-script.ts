import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { namesWhenIdle } from '../utils/detect/idle-names.ts';

/** Run once in a page that was read, by the background, which gets the names as its result. */
export default defineUnlistedScript(() => namesWhenIdle(document));
