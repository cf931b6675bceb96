import { useState } from 'preact/hooks';
import type { Command } from '../../utils/contract/command.ts';
import { mayPropose } from '../../utils/contract/proposal.ts';
import { t } from '../../utils/i18n.ts';
import type { RefusedCommand, View } from '../../utils/view.ts';
import { Notices } from '../panel/notices.tsx';
import { Outbox } from '../panel/outbox.tsx';
import { ownerOf, Shut } from '../panel/shut.tsx';
import { Problem } from '../problem.tsx';
import { memberOf } from '../records.ts';
import { keepDraft, typedBy } from '../use-draft.ts';
import { useSend } from '../use-send.ts';
import type { DeskActs } from './acts.ts';
import { Definitions } from './definitions.tsx';
import { draftForm, fieldsOf } from './draft-fields.ts';
import { Proposals } from './proposals.tsx';

interface DeskProps {
  view: View;
  /** Id of what the page was opened for. */
  wanted: string | undefined;
  act: DeskActs;
}

const mendable = ({ command }: RefusedCommand, view: View) =>
  command.kind === 'definition.propose' &&
  mayPropose({ role: memberOf(view, view.connection.me)?.role ?? 'viewer' });

/** What the two teams work from together, below the header. */
export function Desk(props: DeskProps) {
  const owner = ownerOf(props.view);
  typedBy(owner);
  return owner === undefined ? <Shut {...props} /> : <OpenDesk key={owner} {...props} />;
}

function OpenDesk({ view, wanted, act }: DeskProps) {
  /** Counts what went back into its form, which is opened anew with it. */
  const [mends, setMends] = useState(0);
  const { problem, send } = useSend();
  const isOurs = ({ kind }: Command) => kind === 'definition.propose' || kind.startsWith('proposal.');
  const refused = view.refused.filter(({ command }) => isOurs(command));
  const mend = (command: Command) =>
    send(async () => {
      if (command.kind !== 'definition.propose') return;
      const { definitionId, about, draft, words = '' } = command.payload;
      const form = draftForm(command.baseRevision > 0 ? definitionId : `new-${about}`);
      const fields = { ...fieldsOf(draft), words };
      await act.mend(command.id, form, JSON.stringify(fields));
      keepDraft(form, fields, act);
      setMends(mends + 1);
    });
  return (
    <main class="options">
      <h1>{t('deskPage')}</h1>
      {view.connection.state === 'offline' && <p class="quiet">{t('deskOffline')}</p>}
      <Notices
        view={{ ...view, refused }}
        act={act}
        onShow={() => undefined}
        onMend={mend}
        mendable={mendable}
      />
      <Problem words={problem} />
      {view.waiting > 0 && <Outbox view={view} />}
      <Proposals view={view} act={act} />
      <Definitions key={mends} view={view} wanted={wanted} act={act} />
    </main>
  );
}
