import { defineConfig } from 'vitest/config';
import { LONG } from './test/series.ts';

const jsx = { runtime: 'automatic', importSource: 'preact' } as const;

/** What depends on code of ours only, which Chromium has proven, goes through Firefox in the long series. */
const SHARED = [
  ...['access', 'bounded', 'life-clock', 'life-windows', 'notes', 'panel', 'payloads', 'privacy'],
  ...['server', 'team'],
].map((name) => `test/e2e/${name}.test.ts`);

/** One project per kind of test, so that `vitest --project unit` stays fast. */
export default defineConfig({
  oxc: { jsx },
  test: {
    // Browsers and databases mostly wait: two files at a time also on two cores. No more on bigger machines, as
    // the one PostgreSQL of a run has so many connections.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/*.test.ts', 'test/unit/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['test/server/**/*.test.ts'],
          globalSetup: ['test/server/postgres.ts'],
          // Each file has a database of its own: what they share is the server's modules, loaded once.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'detect',
          include: ['test/detect/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          include: ['test/screens/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'chromium',
          include: ['test/e2e/**/*.test.ts'],
          env: { TRUCE_BROWSER: 'chromium' },
          globalSetup: ['test/server/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'firefox',
          include: ['test/e2e/**/*.test.ts'],
          exclude: LONG ? [] : SHARED,
          env: { TRUCE_BROWSER: 'firefox' },
          globalSetup: ['test/server/postgres.ts', 'test/e2e/rig/firefox-profile.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
