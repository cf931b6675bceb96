import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BrowserKind } from '../../scripts/browser-places.ts';
import { UUID } from '../e2e/rig/firefox.ts';
import { FirefoxChrome } from '../e2e/rig/firefox-chrome.ts';
import type { Screen } from '../e2e/rig/screen.ts';

interface Usage {
  usedSize: number;
  embedderHeapUsedSize?: number;
  backingStorageSize?: number;
}

/** Bytes of the background's heap and buffers, garbage aside. */
export function backgroundMemory(kind: BrowserKind, page: Screen, folder: string): Promise<number> {
  return kind === 'firefox' ? inFirefox(page, folder) : inChromium(page);
}

async function inChromium({ page }: Screen): Promise<number> {
  const target = page
    .browser()
    .targets()
    .find((each) => each.type() === 'service_worker');
  if (!target) throw new Error('[bench] the worker does not run');
  const session = await target.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as Usage;
  await session.detach();
  return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
}

/** What `about:memory` has of JavaScript's heap and buffers under the background page's address. */
async function inFirefox({ page }: Screen, folder: string): Promise<number> {
  const file = join(folder, 'memory.json.gz');
  await new FirefoxChrome(page.browser()).run(`new Promise((resolve) => {
    Cc['@mozilla.org/memory-info-dumper;1'].getService(Ci.nsIMemoryInfoDumper)
      .dumpMemoryReportsToNamedFile(${JSON.stringify(file)}, () => resolve(true), null, false, true);
  })`);
  const { reports } = JSON.parse(gunzipSync(await readFile(file)).toString()) as {
    reports: { path: string; amount: number; units: number }[];
  };
  // Firefox has background pages of its own.
  const ours = new RegExp(`^explicit/.*${UUID}.*_generated_background_page.*/js-`);
  const own = reports.filter(({ path, units }) => units === 0 && ours.test(path));
  return own.reduce((sum, { amount }) => sum + amount, 0);
}
