import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import type { Contact } from '../../utils/contract/contact.ts';
import type { Stage } from '../../utils/contract/definition.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { Icon } from '../icon.tsx';
import { holderName, mayWrite, memberOf, stageOf } from '../records.ts';
import { Team } from '../team.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { isTyped } from '../use-draft.ts';
import { useReturn } from '../use-return.ts';
import { Waiting } from '../waiting.tsx';
import { StageForm, stageDraft } from './stage-form.tsx';

interface StageBoxProps {
  view: View;
  person: KnownPerson;
  contact: Contact;
  act: Actions;
  onDirty(dirty: boolean): void;
}

/** Where the contact stands, who leads there and who owns it. */
export function StageBox({ view, person, contact, act, onDirty }: StageBoxProps) {
  const [editing, edit] = useState(() => isTyped(stageDraft(contact)));
  const opener = useReturn(editing);
  const stage = stageOf(view, contact.stageId);
  const owner = memberOf(view, contact.ownerId);
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
      {stage && <Track stages={view.stages} stage={stage} />}
      {stage && (
        <p class="quiet">
          <Text k="leadsHere" with={[<Team key="t" team={stage.team} />]} />{' '}
          {stage.exit && <bdi>{t('doneWhen', stage.exit.replace(/\.$/, ''))}</bdi>}
        </p>
      )}
      {(stage?.definition || contact.stageAt) && (
        <details class="more">
          <summary>{t('stageMeans')}</summary>
          {stage?.definition && <p dir="auto">{stage.definition}</p>}
          {contact.stageAt && (
            <p>
              <Text k="hereSince" with={[<Time key="t" at={contact.stageAt} as="past" />]} />
            </p>
          )}
        </details>
      )}
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
