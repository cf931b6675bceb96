import { useState } from 'preact/hooks';
import type { DefinitionKind } from '../../utils/contract/definition.ts';
import { mayPropose } from '../../utils/contract/proposal.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { definitionsOf, memberOf } from '../records.ts';
import { isTyped } from '../use-draft.ts';
import { useReturn } from '../use-return.ts';
import type { DeskActs } from './acts.ts';
import { DefinitionItem } from './definition-item.tsx';
import { draftForm } from './draft-fields.ts';
import { ProposeForm } from './propose-form.tsx';

const KINDS: [kind: DefinitionKind, title: MessageKey, add: MessageKey][] = [
  ['stage', 'stagesTitle', 'proposeStage'],
  ['lead', 'leadTypesTitle', 'proposeLeadType'],
  ['sale', 'saleTypesTitle', 'proposeSaleType'],
];

interface DefinitionsProps {
  view: View;
  /** Id of the definition that the page was opened for. */
  wanted: string | undefined;
  act: DeskActs;
}

/** What the two teams have agreed that their words mean. */
export function Definitions({ view, wanted, act }: DefinitionsProps) {
  const me = memberOf(view, view.connection.me);
  return (
    <>
      {KINDS.map(([kind, title, add]) => (
        <section key={kind} aria-label={t(title)}>
          <h2>{t(title)}</h2>
          {definitionsOf(view, kind).length === 0 && <p class="quiet">{t('noneAgreed')}</p>}
          <ul class="definitions">
            {definitionsOf(view, kind).map((definition) => (
              <DefinitionItem
                key={definition.id}
                {...{ view, definition, act }}
                wanted={definition.id === wanted}
              />
            ))}
          </ul>
          {me && mayPropose(me) && <Add {...{ view, kind, act }} words={t(add)} />}
        </section>
      ))}
      {me && !mayPropose(me) && <p class="quiet">{t('leadsPropose')}</p>}
    </>
  );
}

function Add({
  view,
  kind,
  words,
  act,
}: Omit<DefinitionsProps, 'wanted'> & { kind: DefinitionKind; words: string }) {
  const [open, setOpen] = useState(() => isTyped(draftForm(`new-${kind}`)));
  const opener = useReturn(open);
  if (open) {
    return <ProposeForm {...{ view, kind, act }} definition={undefined} onClose={() => setOpen(false)} />;
  }
  return (
    <div class="do">
      <button ref={opener} type="button" class="btn" onClick={() => setOpen(true)}>
        {words}
      </button>
    </div>
  );
}
