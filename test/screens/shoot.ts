/**
 * Takes pictures of the screens for people to look at: `node test/screens/shoot.ts FOLDER [state …]`.
 * Nothing is compared; the test beside this file checks what a machine can check.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { deeds, perform, show } from './deeds.ts';
import { openScreens, type ScreenName } from './open.ts';

const [folder = 'screens', ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const screens = await openScreens();

interface Shot {
  screen: ScreenName;
  width: number;
  dark?: boolean;
  large?: boolean;
}
const shots: Shot[] = [
  { screen: 'panel', width: 320 },
  { screen: 'panel', width: 320, dark: true },
  { screen: 'panel', width: 360, dark: true },
  { screen: 'panel', width: 320, large: true },
  { screen: 'popup', width: 360 },
  { screen: 'popup', width: 360, dark: true },
  { screen: 'options', width: 640 },
  { screen: 'options', width: 320, dark: true },
  { screen: 'options', width: 320, large: true },
  { screen: 'desk', width: 320 },
  { screen: 'desk', width: 320, dark: true },
  { screen: 'desk', width: 900 },
  { screen: 'desk', width: 320, large: true },
  { screen: 'team', width: 320 },
  { screen: 'team', width: 900, dark: true },
  { screen: 'team', width: 320, large: true },
];

for (const { screen, width, dark = false, large = false } of shots) {
  const page = await screens.open(screen, { width, height: screen === 'panel' ? 1000 : 600, dark });
  const fits = Object.keys(deeds).filter((name) => deeds[name]?.screen === screen);
  const all: string[] = await page.evaluate('gallery.names');
  const names = [...all, ...fits].filter((name) => wanted.length === 0 || wanted.includes(name));
  if (large) await page.evaluate("document.documentElement.style.fontSize = '26px'");
  for (const name of names) {
    const deed = deeds[name];
    await (deed ? perform(page, deed) : show(page, name));
    const file = [screen, name, width, dark && 'dark', large && 'large'].filter(Boolean).join('-');
    // The whole card, and not only what fits into the window; a form as it is met.
    const height = await page.evaluate<number>(
      "(() => { const m = document.querySelector('main'); return innerHeight + (m ? m.scrollHeight - m.clientHeight : 0); })()",
    );
    const size = page.viewportSize();
    if (screen === 'panel' && !deed) await page.setViewportSize({ width, height });
    await page.screenshot({
      path: join(folder, `${file}.png`),
      fullPage: screen !== 'panel' && screen !== 'popup',
    });
    if (size) await page.setViewportSize(size);
  }
  await page.context().close();
}
await screens.close();
