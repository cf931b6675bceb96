import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import type { TeamActs } from '../../components/team/acts.ts';
import { TeamPage } from '../../components/team/team-page.tsx';
import '../../components/css/tokens.css';
import '../../components/css/base.css';
import '../../components/css/controls.css';
import '../../components/css/card.css';
import '../../components/css/lists.css';
import '../../components/css/options.css';
import '../../components/css/team.css';
import { wordsOf } from '../../utils/actions.ts';
import type { TeamAnswer } from '../../utils/contract/team.ts';
import { send } from '../../utils/messages.ts';
import { startClock } from '../../utils/now.ts';
import { connectScreen, view } from '../../utils/screen.ts';

const team = signal<TeamAnswer | undefined>(undefined);
const problem = signal<string | undefined>(undefined);
let asked = 0;

/** Of two answers under way, the one that was asked for last counts. */
async function read(): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const answer = await send('team.read');
    if (mine !== asked) return;
    team.value = answer;
    problem.value = undefined;
  } catch (error) {
    if (mine === asked) problem.value = wordsOf(error);
  }
}

const act: TeamActs = {
  async change(change) {
    await send('team.change', change);
    await read();
  },
  async link(wanted) {
    const link = await send('team.link', wanted);
    void read();
    return link;
  },
  retention: () => send('retention.read'),
  keep: (settings) => send('retention.save', settings),
  lift: async (address) => (await send('contact.lift', { address })).lifted,
  audit: (before) => send('team.audit', before === undefined ? {} : { before }),
};

const root = document.getElementById('app');
function Page() {
  return <TeamPage team={team.value} problem={problem.value} act={act} onRetry={read} />;
}
if (root) render(<Page />, root);
startClock();
connectScreen((await browser.windows.getCurrent()).id);

// What others change comes with the feed; what a connection that ends or comes back means, the server says.
let before: string | undefined;
effect(() => {
  const { members, connection } = view.value ?? {};
  const seen = JSON.stringify([members, connection?.state]);
  if (view.value === undefined || seen === before) return;
  before = seen;
  void read();
});
addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void read();
});
