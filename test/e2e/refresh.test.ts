import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { seeded } from '../fixtures/malformed.ts';
import { dropAccess, hasAccess } from './rig/held.ts';
import { showOnFailure, World } from './rig/world.ts';

/** The background is ended at a moment of chance while it renews its tokens, again and again. */
const LONG = process.env.TRUCE_LONG === '1';
const TIMES = LONG ? 200 : 8;
/** ms within which a refresh has come and gone. */
const WITHIN = 40;

let world: World;
beforeAll(async () => {
  // More sign-ins a minute than anybody needs; what the walls say to that is another test.
  world = await World.start({ walls: { ...DEFAULT_WALLS, address: 100_000 } });
});
afterAll(() => world?.stop());

test(`ended ${TIMES} times while it renews its tokens, nobody is signed out`, {
  timeout: 900_000,
}, async (context) => {
  const rig = await world.paired();
  const page = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(page);
  showOnFailure(context, { panel });
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  const random = seeded(7);
  const tokens = () => world.front.requests.filter(({ path }) => path === '/oidc/token').length;
  let inside = 0;
  let turns = 0;
  // An end that came too late is no proof: there are more, as far as that goes.
  for (; inside < TIMES && turns < TIMES * 4; turns += 1) {
    const asked = tokens();
    await dropAccess(panel);
    // The open panel asks within 2 s, and renews first. The end comes a moment after the request goes out.
    await waitFor(() => tokens() > asked);
    await new Promise((resolve) => setTimeout(resolve, random() * WITHIN));
    if (!(await hasAccess(panel))) inside += 1;
    await rig.endBackground();
  }
  await dropAccess(panel);
  await panel.waitForText('In step', { timeout: 60_000 });
  expect(await panel.text()).toContain('Done when');
  const options = await rig.open('options.html');
  await options.waitForText('Signed in to');
  expect(await options.text()).toContain('Raj Patel');
  console.log(`${rig.kind}: ${turns} ends, ${inside} before the new token was there; still signed in`);
});

async function waitFor(ready: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !ready(); ) {
    if (Date.now() > end) throw new Error('the tokens were not renewed');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
