import { render } from 'preact';
import { browser } from 'wxt/browser';
import type { DeskActs } from '../../components/desk/acts.ts';
import { Desk } from '../../components/desk/desk.tsx';
import { Screen } from '../../components/screen.tsx';
import '../../components/css/tokens.css';
import '../../components/css/base.css';
import '../../components/css/controls.css';
import '../../components/css/alert.css';
import '../../components/css/card.css';
import '../../components/css/definition.css';
import '../../components/css/lists.css';
import '../../components/css/options.css';
import '../../components/css/header.css';
import '../../components/css/desk.css';
import { actionsFor } from '../../utils/act.ts';
import { send } from '../../utils/messages.ts';
import { startClock } from '../../utils/now.ts';
import { boundTab, connectScreen, silent, view } from '../../utils/screen.ts';
import { holdStream } from '../../utils/stream/hold.ts';

const act: DeskActs = {
  ...actionsFor(boundTab),
  versions: (id) => send('definition.versions', { id }),
};

function DeskPage() {
  return (
    <Screen view={view.value} silent={silent.value}>
      {view.value && <Desk view={view.value} act={act} />}
    </Screen>
  );
}

const root = document.getElementById('app');
if (root) render(<DeskPage />, root);
startClock();
connectScreen((await browser.windows.getCurrent()).id);
holdStream();
