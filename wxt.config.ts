import { readFileSync } from 'node:fs';
import { defineConfig } from 'wxt';

/**
 * Hosts that the build under test may read without asking, comma-separated match patterns: a driver cannot
 * answer a browser's permission prompt. The shipped build has none.
 */
const testHosts = process.env.TRUCE_TEST_HOSTS?.split(',').filter(Boolean) ?? [];

/** Public half of the key that pins the id of unpacked Chromium builds. */
const CHROME_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAntLkG91puZ3oc3D+YI2S5uheIDYDb9pu7mTLsWe0DOeyaW8dviOeHZodm026ZTwbNIt3eG1KgbPkw5XEXQ93P6UyqST+5jsbkHFDcBHbn33WWg2VCskpUz3dWUKG4ua+RNwG7/j725eJxlUgZnNEHA3FAKbN3Y8X0o3dK62RcKojg5byl9xwtuXx13wCl96ekDcAIcaWw7e1bmbFFkeppmXUjRhggiHM0p1Ph7w3uUvpVTQDfhVLPwooZHvqrlNZabuzSO5Zw53aFAH31ZniN9J3KKMgBabaf3gfbn3HFvqlVSqA3Y3ixfR0g/aScuBZjusS8dGQFXr0FiOwOOwSfwIDAQAB';

/**
 * What our own pages may do: run and show what is in the package, and talk to a server, without TLS only to one
 * on this computer. Text cannot become markup: that would take a trusted type, and there is none.
 */
const POLICY = [
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
].join('; ');

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  outDir: testHosts.length > 0 ? '.output/test' : '.output',
  vite: () => ({
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { target: ['chrome130', 'firefox140'], modulePreload: { polyfill: false } },
  }),
  zip: {
    name: 'truce',
    // What a store's reviewer builds from: nothing else of this folder, such as a server's data, gets in.
    includeSources: [
      '{components,entrypoints,public,utils}/**',
      '{package,package-lock,tsconfig}.json',
      'wxt.config.ts',
      '.npmrc',
      '{README,LICENSE}*',
    ],
  },
  hooks: {
    // Texts are written for people to edit, and packed without what only people need.
    'build:publicAssets': (_, files) => {
      for (const [index, file] of files.entries()) {
        if (!('absoluteSrc' in file) || !file.relativeDest.endsWith('.json')) continue;
        const contents = JSON.stringify(JSON.parse(readFileSync(file.absoluteSrc, 'utf8')));
        files[index] = { relativeDest: file.relativeDest, contents };
      }
    },
  },
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: [
      'storage',
      'identity',
      'scripting',
      'activeTab',
      'alarms',
      // What waits to be sent is not the browser's to clear away when the disk gets full.
      'unlimitedStorage',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    ...(testHosts.length > 0 && { host_permissions: testHosts }),
    content_security_policy: { extension_pages: POLICY },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'truce@truce.example',
              strict_min_version: '140.0',
              // What leaves the browser, for the team's own server and nobody else: docs/data-inventory.md.
              data_collection_permissions: {
                required: [
                  'personallyIdentifyingInfo',
                  'personalCommunications',
                  'authenticationInfo',
                  'websiteContent',
                  'browsingActivity',
                ],
              },
            },
          },
        }
      : {
          key: CHROME_KEY,
          minimum_chrome_version: '130',
          // Without this, any other extension may try to connect. Firefox knows no such field.
          externally_connectable: { ids: [] },
          // What an administrator may set (deploy/policy). Firefox takes it without a schema.
          storage: { managed_schema: 'managed-schema.json' },
        }),
  }),
});
