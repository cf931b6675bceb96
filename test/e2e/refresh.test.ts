import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { seeded } from '../fixtures/malformed.ts';
import { dropAccess, hasAccess } from './rig/held.ts';
import type { Screen } from './rig/screen.ts';
import { showOnFailure, World } from './rig/world.ts';

/** The background is ended at a moment of chance while it renews its tokens, again and again. */
const LONG = process.env.TRUCE_LONG === '1';
const TIMES = LONG ? 200 : 8;
/** ms that each way to the server takes. */
const LAG = 20;
/** ms within which a renewal has come and gone: a fresh background asks twice, first without the server's nonce. */
const WITHIN = 5 * LAG;

let world: World;
beforeAll(async () => {
  // More sign-ins a minute than anybody needs; what the walls say to that is another test.
  world = await World.start({ walls: { ...DEFAULT_WALLS, address: 100_000 } });
});
afterAll(() => world?.stop());

const tokenRequests = () => world.front.requests.filter(({ path }) => path === '/oidc/token');

test(`ended ${TIMES} times while it renews its tokens, nobody is signed out`, {
  timeout: 900_000,
}, async (context) => {
  const rig = await world.paired();
  const page = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(page);
  showOnFailure(context, { panel });
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  world.front.lag = LAG;
  const random = seeded(7);
  let inside = 0;
  let lost = 0;
  let turns = 0;
  // An end that came too late is no proof: there are more, as far as that goes.
  for (; (inside < TIMES || lost < TIMES / 4) && turns < TIMES * 4; turns += 1) {
    const asked = tokenRequests().length;
    await renews(panel, asked);
    await new Promise((resolve) => setTimeout(resolve, random() * WITHIN));
    await rig.endBackground();
    // What the next background has by now is not counted.
    if (await hasAccess(panel)) continue;
    inside += 1;
    if (tokenRequests().some(({ status }, nth) => nth >= asked && status === 200)) lost += 1;
  }
  world.front.lag = 0;
  await dropAccess(panel);
  await panel.waitForText('In step', { timeout: 60_000 });
  expect(await panel.text()).toContain('Done when');
  const options = await rig.open('options.html');
  await options.waitForText('Signed in to');
  expect(await options.text()).toContain('Raj Patel');
  console.log(
    `${rig.kind}: ${turns} ends, ${inside} before the new token was there, of these ${lost} after the server had made it; still signed in`,
  );
  expect(inside).toBeGreaterThanOrEqual(TIMES);
  // Of a few, none may have met that moment.
  if (LONG) expect(lost).toBeGreaterThanOrEqual(TIMES / 4);
});

/** Takes the access token away until the background asks for another: what was under way may still bring one. */
async function renews(panel: Screen, asked: number): Promise<void> {
  const end = Date.now() + 30_000;
  for (let next = 0; tokenRequests().length === asked; ) {
    if (Date.now() > end) throw new Error('the tokens were not renewed');
    if (Date.now() > next) {
      await dropAccess(panel);
      // While changes are told, nothing would be asked for.
      world.front.cut();
      next = Date.now() + 3000;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
