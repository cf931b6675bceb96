import type { Screen } from './screen.ts';

/** Of our content scripts in a page of Chromium, each in a world of its own: how many read it, how many have ended. */
export async function scriptsIn(
  { page }: Screen,
  origin: string,
): Promise<{ reading: number; ended: number }> {
  const session = await page.createCDPSession();
  const worlds: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin === origin) worlds.push(context.id);
  });
  // Tells of those that are there already.
  await session.send('Runtime.enable');
  const count = { reading: 0, ended: 0 };
  for (const contextId of worlds) {
    const expression = 'globalThis[Symbol.for("truce")]?.life?.signal.aborted';
    const { result } = await session.send('Runtime.evaluate', { contextId, expression });
    if (result.value === true) count.ended += 1;
    if (result.value === false) count.reading += 1;
  }
  await session.detach();
  return count;
}
