import { effect } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import type { TeamActs } from '../../components/team/acts.ts';
import { TeamPage } from '../../components/team/team-page.tsx';
import '../../components/css/tokens.css';
import '../../components/css/base.css';
import '../../components/css/controls.css';
import '../../components/css/alert.css';
import '../../components/css/card.css';
import '../../components/css/lists.css';
import '../../components/css/options.css';
import '../../components/css/team.css';
import { send } from '../../utils/messages.ts';
import { startClock } from '../../utils/now.ts';
import { connectScreen, view } from '../../utils/screen.ts';
import { holdStream } from '../../utils/stream/hold.ts';
import { TeamReader } from '../../utils/team-reader.ts';

const reader = new TeamReader(() => send('team.read'));

const act: TeamActs = {
  async change(change) {
    await send('team.change', change);
    await reader.read();
  },
  async link(wanted) {
    const link = await send('team.link', wanted);
    void reader.read();
    return link;
  },
  retention: () => send('retention.read'),
  keep: (settings) => send('retention.save', settings),
  lift: async (address) => (await send('contact.lift', { address })).lifted,
  audit: (before) => send('team.audit', before === undefined ? {} : { before }),
};

const root = document.getElementById('app');
function Page() {
  const { team, at, problem, shut } = reader;
  const onRetry = shut.value ? undefined : () => reader.read();
  return <TeamPage team={team.value} at={at.value} problem={problem.value} act={act} onRetry={onRetry} />;
}
if (root) render(<Page />, root);
startClock();
connectScreen((await browser.windows.getCurrent()).id);
holdStream();

effect(() => {
  if (view.value) reader.follow(view.value);
});
addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void reader.read();
});
