import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** As far as it is read here. */
interface Package {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}
interface Manifest extends Package {
  overrides: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const lock: { lockfileVersion: number; packages: Record<string, Package> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const EXACT = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
const named = () => [
  ...Object.entries(manifest.dependencies ?? {}),
  ...Object.entries(manifest.devDependencies ?? {}),
  ...Object.entries(manifest.optionalDependencies ?? {}),
  ...Object.entries(manifest.overrides),
];

test('package.json names every version exactly', () => {
  expect(named().length).toBeGreaterThan(30);
  expect(named().filter(([, version]) => !EXACT.test(version))).toEqual([]);
});

test('the lockfile is in step with package.json', () => {
  const root = lock.packages[''];
  expect(lock.lockfileVersion).toBe(3);
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
    expect(root?.[kind], kind).toEqual(manifest[kind]);
  }
  const wrong = named().filter(([name, wanted]) => {
    const version = wanted.slice(wanted.lastIndexOf('@') + 1);
    return lock.packages[`node_modules/${name}`]?.version !== version;
  });
  expect(wrong).toEqual([]);
});

test('every package is checked against a hash, and none comes from anywhere but the registry', () => {
  expect(installed.length).toBeGreaterThan(100);
  expect(installed.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
  expect(installed.filter(([, { version }]) => !EXACT.test(version ?? ''))).toEqual([]);
  // A registry's own address is left out (.npmrc), so one that stands there is of git, a file or a web address.
  expect(installed.filter(([, { resolved, link }]) => resolved !== undefined || link)).toEqual([]);
});

test('no package asks for another by git, file or web address', () => {
  const odd = installed.flatMap(([path, { dependencies = {}, optionalDependencies = {} }]) =>
    Object.entries({ ...dependencies, ...optionalDependencies })
      .filter(([, wanted]) => /^(git|https?:|file:|link:|[\w-]+\/[\w.-]+(#|$))/.test(wanted))
      .map(([name, wanted]) => `${path}: ${name} ${wanted}`),
  );
  expect(odd).toEqual([]);
});

test('install scripts run only where somebody has said yes', () => {
  const scripted = new Set(installed.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path)));
  expect(scripted.size).toBeGreaterThan(0);
  expect(Object.keys(manifest.allowScripts).sort()).toEqual([...scripted].sort());
  expect(Object.values(manifest.allowScripts).every((answer) => typeof answer === 'boolean')).toBe(true);
});

test('npm takes its settings from the project, which names no other registry', () => {
  const settings = readFileSync('.npmrc', 'utf8');
  expect(settings).not.toMatch(/registry\s*=|_auth|ignore-scripts\s*=\s*false|strict-ssl/);
});
