import { useState } from 'preact/hooks';
import { decideProposal, withdrawProposal } from '../../utils/commands.ts';
import { mayDecide, mayWithdraw } from '../../utils/contract/proposal.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { ShownProposal, View } from '../../utils/view.ts';
import { Area } from '../area.tsx';
import { Problem } from '../problem.tsx';
import { memberOf, titleOf } from '../records.ts';
import { Team } from '../team.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useSend } from '../use-send.ts';
import { Waiting } from '../waiting.tsx';
import type { DeskActs } from './acts.ts';
import { Differences } from './differences.tsx';
import { proposedIn } from './proposed-in.ts';

interface ProposalItemProps {
  view: View;
  proposal: ShownProposal;
  act: DeskActs;
}

const STATES: Record<ShownProposal['state'], MessageKey> = {
  open: 'proposalOpen',
  agreed: 'proposalAgreed',
  declined: 'proposalDeclined',
  withdrawn: 'proposalWithdrawn',
};

/** What one side wants otherwise, and for those whose word it takes, the way to say it. */
export function ProposalItem({ view, proposal, act }: ProposalItemProps) {
  const { baseRevision, byId, state } = proposal;
  const author = memberOf(view, byId);
  const me = memberOf(view, view.connection.me);
  const open = state === 'open' && !proposal.waiting;
  const { revision, differences: all } = proposedIn(proposal, view);
  const passed = state === 'open' && revision !== baseRevision;
  return (
    <li class="proposal">
      <h3>
        <bdi>{titleOf(proposal, view)}</bdi>
      </h3>
      <p class="quiet">
        <Text
          k="proposedBy"
          with={[
            <bdi key="n">{author?.name ?? t('somebody')}</bdi>,
            <Team key="t" team={proposal.team} />,
            <Time key="a" at={proposal.at} as="past" />,
          ]}
        />
      </p>
      {proposal.words && <p dir="auto">{t('quote', proposal.words)}</p>}
      {baseRevision === 0 && <p>{t('proposesNew')}</p>}
      {state === 'open' && <Differences all={all} />}
      {state !== 'open' && (
        <p>
          <Text
            k={STATES[state]}
            with={[
              <bdi key="n">{memberOf(view, proposal.decidedById)?.name ?? t('somebody')}</bdi>,
              <Time key="a" at={proposal.decidedAt ?? proposal.at} as="past" />,
            ]}
          />
        </p>
      )}
      {proposal.answer && <p dir="auto">{t('quote', proposal.answer)}</p>}
      {proposal.waiting && <Waiting view={view} />}
      {passed && <p class="alert">{t('proposalPassed')}</p>}
      {open && me && mayDecide(me, proposal) && <Decide proposal={proposal} passed={passed} act={act} />}
      {open && me && mayWithdraw(me, proposal) && <Withdraw proposal={proposal} act={act} />}
      {open && !(me && (mayDecide(me, proposal) || mayWithdraw(me, proposal))) && (
        <p class="quiet">{t('proposalOthers')}</p>
      )}
    </li>
  );
}

interface DecideProps {
  proposal: ShownProposal;
  /** What it is about has changed since: it can only be declined. */
  passed: boolean;
  act: DeskActs;
}

function Decide({ proposal, passed, act }: DecideProps) {
  const [words, setWords] = useState('');
  const { busy, problem, send } = useSend();
  const answer = words.trim();
  const decide = (agree: boolean) =>
    send(() =>
      act.write(decideProposal({ proposalId: proposal.id, agree, ...(answer && { words: answer }) })),
    );
  return (
    <form class="form" onSubmit={(event) => event.preventDefault()}>
      <Area label={t('answerWords')} value={words} maxLength={500} onInput={setWords} />
      <Problem words={problem} />
      <div class="do">
        <button type="button" class="btn primary" disabled={busy || passed} onClick={() => decide(true)}>
          {t('agree')}
        </button>
        <button type="button" class="btn" disabled={busy} onClick={() => decide(false)}>
          {t('decline')}
        </button>
      </div>
    </form>
  );
}

function Withdraw({ proposal, act }: Omit<DecideProps, 'passed'>) {
  const { busy, problem, send } = useSend();
  return (
    <>
      <Problem words={problem} />
      <div class="do">
        <button
          type="button"
          class="btn"
          disabled={busy}
          onClick={() => send(() => act.write(withdrawProposal({ proposalId: proposal.id })))}
        >
          {t('withdraw')}
        </button>
      </div>
    </>
  );
}
