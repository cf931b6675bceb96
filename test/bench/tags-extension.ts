import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserKind } from '../../scripts/browser-places.ts';
import { bundle } from '../detect/bundle.ts';

/** An extension of the shipped store and sync of tags, and a content script that asks them. */
export async function makeTagsExtension(folder: string, kind: BrowserKind): Promise<string> {
  const at = join(folder, `extension-${kind}`);
  await mkdir(at, { recursive: true });
  for (const name of ['worker', 'relay']) {
    const code = await bundle(join(import.meta.dirname, `tags-${name}.ts`), `tags_${name}`);
    await writeFile(join(at, `${name}.js`), code);
  }
  const hosts = ['http://127.0.0.1/*'];
  const manifest = {
    manifest_version: 3,
    name: 'Bench of tags',
    version: '1.0',
    background: kind === 'firefox' ? { scripts: ['worker.js'] } : { service_worker: 'worker.js' },
    permissions: ['unlimitedStorage'],
    host_permissions: hosts,
    content_scripts: [{ matches: hosts, js: ['relay.js'] }],
    browser_specific_settings: { gecko: { id: 'truce@truce.example' } },
  };
  await writeFile(join(at, 'manifest.json'), JSON.stringify(manifest));
  return at;
}
