import { useState } from 'preact/hooks';
import type { Definition, DefinitionVersion } from '../../utils/contract/definition.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { DefinitionWords } from '../definition-words.tsx';
import { Problem } from '../problem.tsx';
import { memberOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useSend } from '../use-send.ts';
import type { DeskActs } from './acts.ts';

interface HistoryProps {
  view: View;
  definition: Definition;
  act: DeskActs;
}

/** What it meant before, and who agreed on it when. The server keeps it, and is asked when somebody wants to know. */
export function History({ view, definition, act }: HistoryProps) {
  const [versions, setVersions] = useState<DefinitionVersion[]>();
  const { busy, problem, send } = useSend();
  const ask = () =>
    send(async () => {
      setVersions(await act.versions(definition.id));
    });
  const me = memberOf(view, view.connection.me);
  return (
    <details class="more" onToggle={(event) => event.currentTarget.open && !versions && ask()}>
      <summary>{t('history')}</summary>
      <p role="status">{busy && t('fetching')}</p>
      <Problem words={problem} />
      {problem && (
        <button type="button" class="btn" onClick={ask}>
          {t('tryAgain')}
        </button>
      )}
      <ul class="entries">
        {versions?.map((version) => (
          <li key={version.revision}>
            <p>
              <strong dir="auto">{version.body.label}</strong> <Span version={version} />
            </p>
            {version.proposedBy && version.agreedBy && (
              <p class="quiet">
                <Text
                  k="agreedBetween"
                  with={[version.proposedBy, version.agreedBy].map((id) => (
                    <bdi key={id}>{memberOf(view, id)?.name ?? t('somebody')}</bdi>
                  ))}
                />
              </p>
            )}
            {version.until && <DefinitionWords definition={version.body} team={me?.team} />}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Span({ version: { since, until } }: { version: DefinitionVersion }) {
  if (until === undefined) {
    if (since === undefined) return <>{t('heldFromStart')}</>;
    return <Text k="holdsSince" with={[<Time key="s" at={since} as="past" />]} />;
  }
  return <Text k="heldUntil" with={[<Time key="u" at={until} as="past" />]} />;
}
