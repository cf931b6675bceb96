import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { settingNames } from '../../server/settings.ts';

const read = (path: string) => readFileSync(path, 'utf8');

/** As far as it is read here. */
interface Service {
  image?: string;
  build?: string;
  environment: Record<string, string>;
  volumes: string[];
  ports?: string[];
  networks: string[];
  depends_on?: Record<string, unknown>;
  [key: string]: unknown;
}
interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
}

const compose: Compose = parse(read('compose.yaml'), { merge: true });
const services = Object.entries(compose.services);
const asked = (text: string) => [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '');

test('what compose gives the server are variables that it reads, and none is left out', () => {
  const given = Object.keys(compose.services.server?.environment ?? {});
  const image = [...read('Dockerfile').matchAll(/\b(TRUCE_\w+)=/g)].map(([, name]) => name ?? '');
  expect([...given, ...image].sort()).toEqual([...settingNames].sort());
});

test('what compose asks of .env is in the example, and the example holds no secret', () => {
  const example = Object.fromEntries(
    read('.env.example')
      .split('\n')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const optional = /^TRUCE_(LIMIT_\w+|OIDC_TRUST_EMAIL|LISTEN|RECIPES)$/;
  const wanted = new Set(asked(read('compose.yaml')).filter((name) => !optional.test(name)));
  expect(Object.keys(example).sort()).toEqual([...wanted].sort());
  expect(example).toMatchObject({
    POSTGRES_PASSWORD: '',
    TRUCE_SECRET_KEY: '',
    TRUCE_OIDC_CLIENT_SECRET: '',
  });
  for (const name of ['TRUCE_DOMAIN', 'POSTGRES_PASSWORD', 'TRUCE_SECRET_KEY']) {
    expect(read('compose.yaml')).not.toMatch(new RegExp(`\\$\\{${name}(?!:\\?)`));
  }
});

test('every service is limited, comes up again, and names only what is there', () => {
  expect(services.map(([name]) => name).sort()).toEqual(['database', 'proxy', 'server']);
  for (const [name, service] of services) {
    expect(service, name).toMatchObject({
      restart: 'unless-stopped',
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
      pids_limit: expect.any(Number),
      security_opt: ['no-new-privileges:true'],
      logging: { driver: 'json-file', options: { 'max-size': '10m' } },
    });
    for (const network of service.networks) expect(compose.networks).toHaveProperty(network);
    for (const other of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(other);
    for (const volume of service.volumes) {
      const [from = ''] = volume.split(':');
      if (from.startsWith('.')) expect(existsSync(from), from).toBe(true);
      else expect(compose.volumes).toHaveProperty(from);
    }
  }
  for (const name of ['server', 'proxy']) {
    expect(compose.services[name], name).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  }
});

test('only the proxy is open to the outside, and the database has no way out', () => {
  expect(services.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['proxy']);
  expect(compose.networks.back).toEqual({ internal: true });
  expect(compose.services.database?.networks).toEqual(['back']);
  expect(compose.services.proxy?.networks).toEqual(['front']);
  const [upstream] = /reverse_proxy \S+/.exec(read('deploy/Caddyfile')) ?? [];
  expect(upstream).toBe('reverse_proxy server:8787');
  expect(compose.services.server?.environment.TRUCE_TRUSTED_PROXIES).toBe('1');
});

test('the database is waited for by TCP, which it does not answer before it is made', () => {
  expect(compose.services.database?.healthcheck).toMatchObject({
    test: expect.arrayContaining(['pg_isready', '--host=127.0.0.1']),
  });
  expect(compose.services.server?.depends_on).toMatchObject({ database: { condition: 'service_healthy' } });
});

test('the proxy offers no HTTP/3 where UDP is not open to it', () => {
  expect(compose.services.proxy?.ports).toEqual(['80:80', '443:443']);
  expect(read('deploy/Caddyfile')).toMatch(/^\s+protocols h1 h2$/m);
});

test('the image is made of files that are there, and runs as nobody in particular', () => {
  const docker = read('Dockerfile');
  const copied = [...docker.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list]) =>
    (list ?? '').split(' '),
  );
  expect(copied.length).toBeGreaterThan(4);
  const kept = read('.dockerignore').split('\n');
  for (const path of copied) {
    expect(existsSync(path), path).toBe(true);
    expect(kept, path).toContain(`!${path}`);
  }
  expect(kept[0]).toBe('*');
  expect(docker).toMatch(/\nUSER node\n/);
  // COPY takes the rights over as they are: those of a checkout with umask 077 keep the user out.
  expect(docker).toContain('RUN chmod -R a+rX package.json server utils');
  expect(docker.indexOf('USER node')).toBeLessThan(docker.indexOf('\nCMD'));
  const manifest: { devDependencies: { node: string } } = JSON.parse(read('package.json'));
  for (const [, version] of docker.matchAll(/^FROM node:(\S+)-slim/gm)) {
    expect(version).toBe(manifest.devDependencies.node);
  }
});

const CHROME_ID = () => {
  const [, key = ''] = /CHROME_KEY =\s*'([^']+)'/.exec(read('wxt.config.ts')) ?? [];
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return digest.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
};

test('the policies name the extension as it is built, and set what its schema knows', () => {
  const schema: { properties: object } = JSON.parse(read('public/managed-schema.json'));
  const [, firefoxId = ''] = /gecko: \{\s*id: '([^']+)'/.exec(read('wxt.config.ts')) ?? [];
  const policy = { server: 'https://truce.acme.example' };
  expect(Object.keys(policy)).toEqual(Object.keys(schema.properties));
  expect(JSON.parse(read('deploy/policy/chrome.json'))).toEqual({
    '3rdparty': { extensions: { [CHROME_ID()]: policy } },
  });
  expect(JSON.parse(read('deploy/policy/firefox.json'))).toEqual({
    policies: { '3rdparty': { Extensions: { [firefoxId]: policy } } },
  });
  expect(read('deploy/policy/chrome.reg').split(CHROME_ID())).toHaveLength(3);
  expect(read('deploy/policy/firefox.reg')).toContain(`\\Extensions\\${firefoxId}]\n"server"=`);
  expect(read('deploy/policy/README.md')).toContain(CHROME_ID());
});

test('docs/server.md tells every variable, and none that is not read', () => {
  const table = [...read('docs/server.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name ?? '');
  expect(table.sort()).toEqual([...settingNames].sort());
});
