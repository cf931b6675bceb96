import { beforeEach, expect, test, vi } from 'vitest';

const state = vi.hoisted(() => ({
  disk: new Map<string, unknown>(),
  granted: [] as string[],
  script: undefined as { matches: string[]; excludeMatches: string[] } | undefined,
}));
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      local: {
        get: async (key: string) => (state.disk.has(key) ? { [key]: state.disk.get(key) } : {}),
        set: async (all: object) => {
          for (const [key, value] of Object.entries(all)) state.disk.set(key, structuredClone(value));
        },
      },
    },
    permissions: {
      getAll: async () => ({ origins: state.granted }),
      contains: async ({ origins }: { origins: string[] }) =>
        origins.every((one) => state.granted.some((all) => all === one || all === 'https://*/*')),
    },
    runtime: { getManifest: () => ({}) },
    scripting: {
      getRegisteredContentScripts: async () => [],
      registerContentScripts: async ([script]: [NonNullable<typeof state.script>]) => {
        state.script = script;
      },
    },
  },
}));

import { Access } from '../../../utils/background/access.ts';
import { siteHandlers } from '../../../utils/background/site.ts';

let access: Access;
const changed: string[][] = [];
const handlers = () =>
  siteHandlers(access, async (origins) => {
    changed.push(origins);
    access.forget();
  });
const sender = { from: 'screen', url: '' } as never;
const shown = async (label: string) =>
  (await handlers()['site.list'](undefined, sender)).find((site) => site.label === label);

beforeEach(() => {
  state.disk.clear();
  state.granted = ['https://*/*'];
  changed.length = 0;
  access = new Access();
});

const SOCIAL = [
  'https://www.linkedin.com/in/ann-lee',
  'https://de.linkedin.com/in/ann-lee',
  'https://x.com/annlee',
  'https://gist.github.com/annlee/1',
  'https://www.instagram.com/annlee/',
  'https://m.facebook.com/ann.lee',
  'https://mastodon.social/@annlee',
];

test('access to all sites turns no social site on', async () => {
  for (const url of SOCIAL) expect(await access.mayRead(url), url).toBe(false);
  for (const url of ['https://mail.google.com/', 'https://notlinkedin.com/', 'https://dropbox.com/'])
    expect(await access.mayRead(url), url).toBe(true);
  expect(await shown('LinkedIn')).toMatchObject({ granted: false, id: 'linkedin', kind: 'social' });
  expect(await shown('XING')).toMatchObject({ granted: false, bare: true });
});

test('nor does the page’s script run there', async () => {
  await access.register();
  expect(state.script?.matches).toEqual(['https://*/*']);
  expect(state.script?.excludeMatches).toEqual(
    expect.arrayContaining(['*://www.linkedin.com/*', '*://*.linkedin.com/*', '*://*.instagram.com/*']),
  );
});

test('turned on it is read, also after a restart, and turned off no more', async () => {
  await handlers()['site.turn']({ site: 'linkedin', on: true }, sender);
  expect(changed.flat()).toContain('*://www.linkedin.com/*');
  expect(await access.mayRead('https://www.linkedin.com/in/ann-lee')).toBe(true);
  expect(await access.mayRead('https://x.com/annlee')).toBe(false);
  expect(await shown('LinkedIn')).toMatchObject({ granted: true });
  access = new Access();
  expect(await access.mayRead('https://www.linkedin.com/in/ann-lee')).toBe(true);
  await access.register();
  expect(state.script?.excludeMatches).not.toContain('*://www.linkedin.com/*');
  await handlers()['site.turn']({ site: 'linkedin', on: false }, sender);
  expect(await access.mayRead('https://www.linkedin.com/in/ann-lee')).toBe(false);
});

test('by a host too, as the panel does; a site that is none changes nothing', async () => {
  await handlers()['site.turn']({ site: 'www.instagram.com', on: true }, sender);
  expect(await access.mayRead('https://www.instagram.com/annlee/')).toBe(true);
  await handlers()['site.turn']({ site: 'mail.google.com', on: true }, sender);
  expect(changed).toHaveLength(1);
});

test('turned on without the permission, nothing is read', async () => {
  state.granted = [];
  await handlers()['site.turn']({ site: 'x', on: true }, sender);
  expect(await access.mayRead('https://x.com/annlee')).toBe(false);
  expect(await shown('X')).toMatchObject({ granted: false });
});
