import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { BrowserMissing, downloadCommand, findBrowser, type Surroundings } from '../../scripts/browsers.ts';

const here = (over: Partial<Surroundings> & { files?: Record<string, string> } = {}) => {
  const files = over.files ?? {};
  const ran: string[] = [];
  const world: Surroundings = {
    env: { PATH: '/usr/local/bin:/usr/bin' },
    platform: 'linux',
    home: '/home/ann',
    exists: (path) => path in files,
    list: (folder) => [
      ...new Set(
        Object.keys(files)
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
    version: (path) => files[path],
    run: (command, args) => {
      ran.push([command, ...args].join(' '));
      return false;
    },
    root: false,
    container: false,
    print: () => {},
    ...over,
  };
  return { world, ran, files };
};

test('an installed one is taken, branded Chrome and stubs are not', () => {
  const { world } = here({
    files: {
      '/usr/bin/google-chrome': 'Google Chrome 156.0.1',
      '/usr/bin/chromium-browser': 'Chromium 156.0.1',
      '/usr/bin/firefox': 'Mozilla Firefox 115.2.0',
      '/usr/bin/firefox-esr': 'Mozilla Firefox 140.1.0esr',
    },
  });
  expect(findBrowser('chromium', world)).toBe('/usr/bin/chromium-browser');
  expect(findBrowser('firefox', world)).toBe('/usr/bin/firefox-esr');
});

test('the newest downloaded one is taken when none is installed', () => {
  const cache = '/home/ann/.cache/ms-playwright';
  const { world } = here({
    files: {
      [`${cache}/chromium-999/chrome-linux64/chrome`]: 'Google Chrome for Testing 149.0.1',
      [`${cache}/chromium-1255/chrome-linux64/chrome`]: 'Google Chrome for Testing 159.0.1',
    },
  });
  expect(findBrowser('chromium', world)).toBe(`${cache}/chromium-1255/chrome-linux64/chrome`);
});

test('a named one is used, and says why when it cannot be', () => {
  const files = { '/opt/f': 'Mozilla Firefox 150.0', '/opt/c': 'Google Chrome 150.0' };
  const { world } = here({ files, env: { TRUCE_FIREFOX: '/opt/f', TRUCE_CHROMIUM: '/opt/c' } });
  expect(findBrowser('firefox', world)).toBe('/opt/f');
  expect(() => findBrowser('chromium', world)).toThrow(/branded Chrome/);
  expect(() => findBrowser('chromium', { ...world, env: { TRUCE_CHROMIUM: '/gone' } })).toThrow(/not there/);
});

test('none at all: downloads, and uses what came', () => {
  const { world, ran, files } = here({ files: {} });
  const run: Surroundings['run'] = (command, args) => {
    ran.push([command, ...args].join(' '));
    files['/home/ann/.cache/puppeteer/firefox/linux_150.0/firefox/firefox'] = 'Mozilla Firefox 150.0';
    return true;
  };
  expect(findBrowser('firefox', { ...world, run })).toMatch(/linux_150/);
  expect(ran).toEqual(['npx --no-install browsers install firefox@stable --path /home/ann/.cache/puppeteer']);
});

test('no download: Debian packages, only as root and in CI or a container', () => {
  const files: Record<string, string> = { '/usr/bin/apt-get': '' };
  const { world, ran } = here({ files });
  const run: Surroundings['run'] = (command, args) => {
    ran.push([command, ...args].join(' '));
    if (args.includes('chromium') && command === 'apt-get') files['/usr/bin/chromium'] = 'Chromium 156.0';
    return command === 'apt-get';
  };
  expect(() => findBrowser('chromium', { ...world, run, root: true })).toThrow(BrowserMissing);
  expect(ran.filter((line) => line.startsWith('apt-get'))).toEqual([]);
  expect(findBrowser('chromium', { ...world, run, root: true, container: true })).toBe('/usr/bin/chromium');
});

test('nothing works: the exact command is printed', () => {
  const { world } = here({ files: {} });
  expect(() => findBrowser('chromium', world)).toThrow('npx --no-install playwright-core install chromium');
  const debian = here({ files: { '/usr/bin/apt-get': '' } }).world;
  expect(() => findBrowser('firefox', debian)).toThrow('sudo apt-get install firefox-esr');
});

test('the commands exist in this installation', async () => {
  const { existsSync } = await import('node:fs');
  for (const kind of ['chromium', 'firefox'] as const) {
    const bin = downloadCommand(kind, { env: {}, platform: 'linux', home: homedir() })[2];
    expect(existsSync(`node_modules/.bin/${bin}`), bin).toBe(true);
  }
});
