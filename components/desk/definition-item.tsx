import { useEffect, useRef, useState } from 'preact/hooks';
import { type Definition, kindOf } from '../../utils/contract/definition.ts';
import { mayPropose } from '../../utils/contract/proposal.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { DefinitionWords } from '../definition-words.tsx';
import { memberOf } from '../records.ts';
import { Team } from '../team.tsx';
import { Text } from '../text.tsx';
import { isTyped } from '../use-draft.ts';
import { useReturn } from '../use-return.ts';
import type { DeskActs } from './acts.ts';
import { draftForm } from './draft-fields.ts';
import { History } from './history.tsx';
import { ProposeForm } from './propose-form.tsx';

interface DefinitionItemProps {
  view: View;
  definition: Definition;
  /** It is what the page was opened for. */
  wanted: boolean;
  act: DeskActs;
}

export function DefinitionItem({ view, definition, wanted, act }: DefinitionItemProps) {
  const [editing, edit] = useState(() => isTyped(draftForm(definition.id)));
  const [opened, open] = useState(editing);
  const opener = useReturn(editing);
  const self = useRef<HTMLDetailsElement>(null);
  const me = memberOf(view, view.connection.me);
  useEffect(() => {
    if (!wanted) return;
    open(true);
    self.current?.scrollIntoView();
  }, [wanted]);
  return (
    <li>
      <details
        ref={self}
        class="definition"
        open={opened}
        onToggle={(event) => open(event.currentTarget.open)}
      >
        <summary>
          <strong dir="auto">
            {definition.retired ? t('retiredLabel', definition.label) : definition.label}
          </strong>
        </summary>
        <p>
          <Text k="leadsHere" with={[<Team key="t" team={definition.team} />]} />
        </p>
        <DefinitionWords definition={definition} team={me?.team} />
        {editing ? (
          <ProposeForm
            view={view}
            kind={kindOf(definition)}
            definition={definition}
            act={act}
            onClose={() => edit(false)}
          />
        ) : (
          me &&
          mayPropose(me) && (
            <div class="do">
              <button ref={opener} type="button" class="btn" onClick={() => edit(true)}>
                <span>
                  <Text k="proposeChange" with={[<bdi key="l">{definition.label}</bdi>]} />
                </span>
              </button>
            </div>
          )
        )}
        <History view={view} definition={definition} act={act} />
      </details>
    </li>
  );
}
