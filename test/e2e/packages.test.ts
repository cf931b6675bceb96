import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { ensureBuilt, TEST_HOSTS } from '../../scripts/builds.ts';
import { kind } from './rig/world.ts';

/** What is shipped, and that what is tested is the same. */
let shipped: Map<string, Buffer>;
let tested: Map<string, Buffer>;

beforeAll(async () => {
  shipped = filesIn(await ensureBuilt(kind, 'shipped'));
  tested = filesIn(await ensureBuilt(kind, 'test'));
});

function filesIn(root: string, folder = root): Map<string, Buffer> {
  const files = readdirSync(folder).flatMap((name): [string, Buffer][] => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return [...filesIn(root, path)];
    return [[relative(root, path), readFileSync(path)]];
  });
  return new Map(files.sort(([a], [b]) => a.localeCompare(b)));
}

const manifestOf = (files: Map<string, Buffer>) => JSON.parse(`${files.get('manifest.json')}`);

test('the tested package differs from the shipped one in the host permissions of its manifest only', () => {
  expect([...tested.keys()]).toEqual([...shipped.keys()]);
  const differing = [...tested].filter(([name, bytes]) => !shipped.get(name)?.equals(bytes));
  expect(differing.map(([name]) => name)).toEqual(['manifest.json']);
  const { host_permissions, ...rest } = manifestOf(tested);
  expect(host_permissions).toEqual([TEST_HOSTS]);
  expect(rest).toEqual(manifestOf(shipped));
});

test('the shipped manifest asks for no host, exposes nothing to pages and runs nothing in them by itself', () => {
  const manifest = manifestOf(shipped);
  expect(manifest.manifest_version).toBe(3);
  expect(manifest.host_permissions ?? []).toEqual([]);
  expect(manifest.optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
  expect(manifest.content_scripts ?? []).toEqual([]);
  expect(manifest.web_accessible_resources ?? []).toEqual([]);
  // Chromium lets every extension try unless told otherwise; Firefox has no such field, and we do not listen.
  expect(manifest.externally_connectable).toEqual(kind === 'chromium' ? { ids: [] } : undefined);
  const panel = kind === 'chromium' ? ['sidePanel'] : [];
  expect([...manifest.permissions].sort()).toEqual(
    ['activeTab', 'alarms', 'identity', 'scripting', 'storage', 'unlimitedStorage', ...panel].sort(),
  );
});

test('Firefox tells before installing what leaves the browser', () => {
  const gecko = manifestOf(shipped).browser_specific_settings?.gecko;
  expect(gecko?.data_collection_permissions?.required).toEqual(
    kind === 'chromium'
      ? undefined
      : [
          'personallyIdentifyingInfo',
          'personalCommunications',
          'authenticationInfo',
          'websiteContent',
          'browsingActivity',
        ],
  );
});

test('extension pages run only what is in the package', () => {
  expect(manifestOf(shipped).content_security_policy).toEqual({
    extension_pages: [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      'connect-src https: http://127.0.0.1:* http://localhost:*',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
  });
  for (const [name, bytes] of shipped) {
    if (name.endsWith('.html'))
      expect(`${bytes}`, name).not.toMatch(/<script(?![^>]*src="\/)[^>]*>|\son\w+="/);
    if (name.endsWith('.js')) expect(`${bytes}`, name).not.toMatch(/\bnew Function\(|\beval\(/);
  }
});

test('it is small: at most 620 kB unpacked', () => {
  const bytes = [...shipped.values()].reduce((all, each) => all + each.length, 0);
  expect(bytes).toBeLessThanOrEqual(620_000);
});

test('what every page has to take in is small: at most 4.3 kB packed', () => {
  expect(gzipSync(shipped.get('content-script.js') ?? '').length).toBeLessThanOrEqual(4300);
});
