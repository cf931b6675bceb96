import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import type { Card } from '../../utils/contract/card.ts';
import type { Stage } from '../../utils/contract/definition.ts';
import { isKnown } from '../../utils/contract/needs.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { withoutDot } from '../definition-words.tsx';
import { Icon } from '../icon.tsx';
import { needLabel } from '../needs.ts';
import { choosableOf, definitionOf, holderName, mayWrite, memberOf, stageOf } from '../records.ts';
import { Team } from '../team.tsx';
import { Text } from '../text.tsx';
import { isTyped } from '../use-draft.ts';
import { useReturn } from '../use-return.ts';
import { Waiting } from '../waiting.tsx';
import { StageForm, stageDraft } from './stage-form.tsx';
import { StageMeans } from './stage-means.tsx';

interface StageBoxProps {
  view: View;
  person: KnownPerson;
  card: Card;
  act: Actions;
  onDirty(dirty: boolean): void;
}

/** Where the contact stands, who leads there, what is to be found out, and who owns it. */
export function StageBox({ view, person, card, act, onDirty }: StageBoxProps) {
  const { contact } = card;
  const [editing, edit] = useState(() => isTyped(stageDraft(contact)));
  const opener = useReturn(editing);
  const stage = stageOf(view, contact.stageId);
  const owner = memberOf(view, contact.ownerId);
  const lead = definitionOf(view, contact.leadTypeId)?.label;
  const sale = definitionOf(view, contact.saleTypeId)?.label;
  const lacks = stage?.needs?.filter((field) => !isKnown(field, contact)) ?? [];
  if (editing && mayWrite(view)) {
    const close = () => {
      onDirty(false);
      edit(false);
    };
    return (
      <section class="stage" aria-label={t('stageAndOwner')}>
        <StageForm view={view} contact={contact} act={act} onDirty={onDirty} onClose={close} />
      </section>
    );
  }
  return (
    <section class="stage" aria-label={t('stageAndOwner')}>
      <div class="row">
        <strong dir="auto">{stage?.label ?? t('noStage')}</strong>
        <span class="owner quiet">
          <bdi>{owner ? holderName(owner) : t('noOwner')}</bdi>
        </span>
        {mayWrite(view) && (
          <button
            ref={opener}
            type="button"
            class="plain"
            aria-label={t('changeStage')}
            onClick={() => edit(true)}
          >
            <Icon name="edit" />
          </button>
        )}
      </div>
      {stage && <Track stages={choosableOf(view, 'stage', stage.id)} stage={stage} />}
      {stage && (
        <p class="quiet">
          <Text k="leadsHere" with={[<Team key="t" team={stage.team} />]} />{' '}
          {stage.exit && <bdi>{t('doneWhen', withoutDot(stage.exit))}</bdi>}
        </p>
      )}
      {lead !== undefined && (
        <p class="quiet">
          <bdi>{t('wantedLeadType', lead)}</bdi>
        </p>
      )}
      {sale !== undefined && (
        <p class="quiet">
          <bdi>{t('wantedSaleType', sale)}</bdi>
        </p>
      )}
      {lacks.length > 0 && <p class="lacks">{t('stillToFindOut', lacks.map(needLabel).join(', '))}</p>}
      {stage && <StageMeans view={view} card={card} stage={stage} />}
      {person.waiting.includes('contact') && <Waiting view={view} />}
    </section>
  );
}

function Track({ stages, stage }: { stages: Stage[]; stage: Stage }) {
  const inOrder = stages.toSorted((a, b) => a.order - b.order);
  const place = inOrder.findIndex((one) => one.id === stage.id);
  return (
    <div class="track" role="img" aria-label={t('stagePlace', place + 1, inOrder.length)}>
      {inOrder.map((one, index) => (
        <i key={one.id} class={index < place ? 'done' : index === place ? 'now' : ''} />
      ))}
    </div>
  );
}
