import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Options } from '../../components/options/options.tsx';
import '../../components/css/tokens.css';
import '../../components/css/base.css';
import '../../components/css/controls.css';
import '../../components/css/alert.css';
import '../../components/css/card.css';
import '../../components/css/lists.css';
import '../../components/css/options.css';
import { wordsOf } from '../../utils/actions.ts';
import { t } from '../../utils/i18n.ts';
import { type SiteState, send } from '../../utils/messages.ts';
import { startClock } from '../../utils/now.ts';
import { connectScreen, view } from '../../utils/screen.ts';
import { holdStream } from '../../utils/stream/hold.ts';

const sites = signal<SiteState[]>([]);
const problem = signal<string | undefined>(undefined);
const link = signal<string | undefined>(undefined);

/** Runs what may fail outside of a form, and says so when it does. */
async function attempt(job: () => Promise<unknown>): Promise<void> {
  problem.value = undefined;
  await job().catch((error: unknown) => {
    problem.value = wordsOf(error);
  });
}

const listSites = () =>
  attempt(async () => {
    sites.value = await send('site.list');
  });

async function allow(asked: Promise<boolean>, site: string | undefined): Promise<void> {
  await attempt(async () => {
    if (!(await asked)) throw new Error(t('siteRefused'));
    if (site !== undefined) await send('site.turn', { site, on: true });
    sites.value = await send('site.list');
  });
}

/** What was given for all sites at once cannot be taken back for one: a social site is off all the same. */
async function stop(origins: string[], site: string | undefined): Promise<void> {
  if (site !== undefined) await send('site.turn', { site, on: false });
  await browser.permissions.remove({ origins });
}

function OptionsPage() {
  return (
    <Options
      view={view.value}
      sites={sites.value}
      problem={problem.value}
      link={link.value}
      onSignIn={(start) => send('sign-in.start', start)}
      onStopSignIn={() => attempt(() => send('sign-in.stop'))}
      onForget={() => attempt(() => send('connection.forget'))}
      onAllow={(origins, site) => allow(browser.permissions.request({ origins }), site)}
      onStop={(origins, site) => attempt(() => stop(origins, site)).then(listSites)}
    />
  );
}

/** An invitation in this page's own address is taken out of it and put into the form; the person signs in. */
function readAddress(): void {
  const given = new URLSearchParams(location.hash.slice(1)).get('invitation');
  if (given === null) return;
  history.replaceState(null, '', location.pathname + location.search);
  link.value = given;
}

const root = document.getElementById('app');
if (root) render(<OptionsPage />, root);
startClock();
browser.permissions.onAdded.addListener(listSites);
browser.permissions.onRemoved.addListener(listSites);
globalThis.addEventListener('hashchange', readAddress);
readAddress();
connectScreen((await browser.windows.getCurrent()).id);
holdStream();
await listSites();
