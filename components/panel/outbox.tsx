import { contactOf } from '../../utils/contract/command.ts';
import { plural, t } from '../../utils/i18n.ts';
import type { View, WaitingCommand } from '../../utils/view.ts';
import { nameOf, titleOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { WHAT } from './what.ts';
import { wordsIn } from './words-in.ts';

/** Whom or what a command is about, as well as it is known here. */
export function whoOf({ command, who }: WaitingCommand, view: View): string {
  if (command.kind === 'contact.add') return command.payload.name;
  if (command.kind === 'definition.propose') return command.payload.draft.label;
  if (command.kind === 'agreement.propose') return t('serviceAgreement');
  if (command.kind === 'proposal.decide' || command.kind === 'proposal.withdraw') {
    const { proposalId } = command.payload;
    const proposal = view.proposals.find(({ id }) => id === proposalId);
    return proposal ? titleOf(proposal, view) : t('somethingGone');
  }
  const person = view.people.find((one) => one.contactId === contactOf(command));
  return who ?? (person ? nameOf(person) : t('somebody'));
}

/** What waits for the server: how much, and on asking what, about whom and since when. */
export function Outbox({ view }: { view: View }) {
  const over = view.waiting - view.outbox.length;
  const count = plural('waiting', view.waiting);
  if (view.outbox.length === 0) return <p class="quiet">{count}</p>;
  return (
    <details class="more outbox">
      <summary>{count}</summary>
      {view.connection.state === 'offline' && <p>{t('waitingUntil')}</p>}
      <ul class="items">
        {view.outbox.map((one) => (
          <li key={one.command.id} class="outgoing">
            <div class="line">
              <span class="what">
                <Text k={WHAT[one.command.kind].waits} with={[<bdi key="w">{whoOf(one, view)}</bdi>]} />
              </span>
              <Time class="when" at={one.command.at} as="past" />
            </div>
            {wordsIn(one.command, view).map((words) => (
              <p key={words} class="say short" dir="auto">
                {words}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {over > 0 && <p>{plural('moreWaiting', over)}</p>}
    </details>
  );
}
