import browser from 'webextension-polyfill';

/**
 * Which of these frames are still there, each with a mark of its document: its time of birth. Tells a new
 * document from a page that only changed its address, in every browser and without asking for more rights.
 */
export async function probe(tabId: number, frameIds: number[]): Promise<Map<number, number>> {
  const marks = new Map<number, number>();
  const run = async (ids: number[]) => {
    const results = await browser.scripting.executeScript({
      target: { tabId, frameIds: ids },
      func: () => performance.timeOrigin,
      injectImmediately: true,
    });
    for (const { frameId, result } of results) if (typeof result === 'number') marks.set(frameId, result);
  };
  try {
    await run(frameIds);
  } catch {
    // One frame that is gone fails them all.
    if (frameIds.length > 1) await Promise.all(frameIds.map((id) => run([id]).catch(() => undefined)));
  }
  return marks;
}
