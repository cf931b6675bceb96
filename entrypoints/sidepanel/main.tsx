import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Panel } from '../../components/panel/panel.tsx';
import { Screen } from '../../components/screen.tsx';
import '../../components/css/tokens.css';
import '../../components/css/base.css';
import '../../components/css/controls.css';
import '../../components/css/alert.css';
import '../../components/css/card.css';
import '../../components/css/sources.css';
import '../../components/css/definition.css';
import '../../components/css/lists.css';
import '../../components/css/header.css';
import '../../components/css/panel.css';
import { actionsFor } from '../../utils/act.ts';
import { startClock } from '../../utils/now.ts';
import { boundTab, connectScreen, silent, view } from '../../utils/screen.ts';
import { holdStream } from '../../utils/stream/hold.ts';

const act = actionsFor(boundTab);

function SidePanel() {
  return (
    <Screen view={view.value} silent={silent.value}>
      {view.value && <Panel view={view.value} act={act} />}
    </Screen>
  );
}

const root = document.getElementById('app');
if (root) render(<SidePanel />, root);
startClock();
const { id } = await browser.windows.getCurrent();
connectScreen(id);
holdStream();
