import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Popup } from '../../components/popup/popup.tsx';
import { Screen } from '../../components/screen.tsx';
import '../../components/css/tokens.css';
import '../../components/css/base.css';
import '../../components/css/controls.css';
import '../../components/css/alert.css';
import '../../components/css/card.css';
import '../../components/css/lists.css';
import '../../components/css/header.css';
import '../../components/css/panel.css';
import '../../components/css/popup.css';
import { actionsFor } from '../../utils/act.ts';
import { send } from '../../utils/messages.ts';
import { startClock } from '../../utils/now.ts';
import { openPanel } from '../../utils/open-panel.ts';
import { boundTab, connectScreen, silent, view } from '../../utils/screen.ts';
import { hostToOffer } from '../../utils/site-offer.ts';

const tabId = signal(boundTab());
const offer = signal<string | undefined>(undefined);
let windowId: number | undefined;

const act = actionsFor(() => tabId.peek());

function ToolbarPopup() {
  return (
    <Screen view={view.value} silent={silent.value}>
      {view.value && (
        <Popup
          view={view.value}
          act={act}
          tabId={tabId.value}
          offer={offer.value}
          onPanel={() => openPanel(windowId)}
        />
      )}
    </Screen>
  );
}

const root = document.getElementById('app');
if (root) render(<ToolbarPopup />, root);
startClock();
const [active] = await browser.tabs.query({ active: true, currentWindow: true });
tabId.value ??= active?.id;
windowId = active?.windowId;
connectScreen(windowId, tabId.value);
const tab = tabId.value === undefined ? undefined : await browser.tabs.get(tabId.value);
offer.value = await hostToOffer(tab?.url);
// The click that opened the popup lets it read this page once.
if (offer.value !== undefined && tab?.id !== undefined) {
  await send('page.read', { tabId: tab.id }).catch(() => undefined);
}
