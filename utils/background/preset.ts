import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { WebAddress } from '../contract/base.ts';

const Managed = v.object({ server: WebAddress });

/**
 * The server that this browser's administrator has set by policy; nobody can sign in to another one.
 * @returns its address without a slash at the end; undefined without a policy, or with one that is no address
 */
export async function presetServer(): Promise<string | undefined> {
  try {
    const { server } = v.parse(Managed, await browser.storage.managed.get('server'));
    return new URL(server).href.replace(/\/+$/, '');
  } catch {
    // Firefox rejects where there is no policy.
    return undefined;
  }
}

/** Calls back when the policy has come or changed: Chromium reads it only some seconds after an installation. */
export function watchPreset(changed: () => void): void {
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'managed') changed();
  });
}
