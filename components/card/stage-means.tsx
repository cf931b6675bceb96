import type { Card } from '../../utils/contract/card.ts';
import type { Definition } from '../../utils/contract/definition.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { DefinitionWords } from '../definition-words.tsx';
import { DeskLink } from '../link.tsx';
import { memberOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { LastMove } from './last-move.tsx';

interface StageMeansProps {
  view: View;
  card: Card;
  stage: Definition;
}

/** What it means that they are in this stage, and how they came there. */
export function StageMeans({ view, card: { contact, moves = [] }, stage }: StageMeansProps) {
  const [move] = moves;
  const isOpen = view.proposals.some(({ about, state }) => about.id === stage.id && state === 'open');
  return (
    <details class="more">
      <summary>{t('stageMeans')}</summary>
      <DefinitionWords definition={stage} team={memberOf(view, view.connection.me)?.team} contact={contact} />
      {move?.toId === stage.id ? (
        <LastMove view={view} move={move} stage={stage} />
      ) : (
        contact.stageAt && (
          <p>
            <Text k="hereSince" with={[<Time key="t" at={contact.stageAt} as="past" />]} />
          </p>
        )
      )}
      <p>
        <DeskLink part="agreed" id={stage.id}>
          {t(isOpen ? 'changeIsProposed' : 'howAgreed')}
        </DeskLink>
      </p>
    </details>
  );
}
