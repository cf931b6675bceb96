import { join } from 'node:path';

export type BrowserKind = 'chromium' | 'firefox';

export interface Where {
  env: Record<string, string | undefined>;
  platform: string;
  home: string;
}

/** Names to look for on PATH. Branded Chrome is left out: it no longer loads unpacked extensions. */
export const NAMES: Record<BrowserKind, string[]> = {
  chromium: ['chromium', 'chromium-browser', 'chrome-for-testing'],
  firefox: ['firefox', 'firefox-esr', 'firefox-developer-edition'],
};

const MAC: Record<BrowserKind, string[]> = {
  chromium: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ],
  firefox: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    '/Applications/Firefox Developer Edition.app/Contents/MacOS/firefox',
  ],
};

const WINDOWS: Record<BrowserKind, string[]> = {
  chromium: ['Chromium\\Application\\chrome.exe'],
  firefox: ['Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe'],
};

/** Files at which an installed browser may be, the likeliest first. */
export function installedPlaces(kind: BrowserKind, { env, platform, home }: Where): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return roots.flatMap((root) => (root ? WINDOWS[kind].map((path) => `${root}\\${path}`) : []));
  }
  const onPath = (env.PATH ?? '')
    .split(':')
    .filter(Boolean)
    .flatMap((folder) => NAMES[kind].map((name) => join(folder, name)));
  if (platform !== 'darwin') return onPath;
  return [...MAC[kind], ...MAC[kind].map((path) => join(home, path)), ...onPath];
}

/** Folders that hold one folder a downloaded version, and what each may hold. */
export function downloadedPlaces(kind: BrowserKind, where: Where): { folder: string; inside: string[] }[] {
  const { env, platform, home } = where;
  const playwright =
    env.PLAYWRIGHT_BROWSERS_PATH ??
    (platform === 'win32'
      ? join(env.LOCALAPPDATA ?? home, 'ms-playwright')
      : platform === 'darwin'
        ? join(home, 'Library/Caches/ms-playwright')
        : join(home, '.cache/ms-playwright'));
  const mac = 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing';
  const chrome = [
    ...['linux', 'linux64', 'linux-arm64'].map((name) => `chrome-${name}/chrome`),
    ...['mac', 'mac-x64', 'mac-arm64'].map((name) => `chrome-${name}/${mac}`),
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
  ];
  return kind === 'chromium'
    ? [
        { folder: playwright, inside: chrome },
        { folder: join(downloadFolder(where), 'chrome'), inside: chrome },
      ]
    : [
        {
          folder: join(downloadFolder(where), 'firefox'),
          inside: [
            'firefox/firefox',
            'Firefox.app/Contents/MacOS/firefox',
            'firefox/firefox.exe',
            'core/firefox.exe',
          ],
        },
      ];
}

/** Where `@puppeteer/browsers` is told to download to: Puppeteer's own usual folder. */
export function downloadFolder({ env, home }: Where): string {
  return env.PUPPETEER_CACHE_DIR ?? join(home, '.cache/puppeteer');
}
