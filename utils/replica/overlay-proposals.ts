import type { Command, CommandOf } from '../contract/command.ts';
import type { Member } from '../contract/member.ts';
import type { Proposal } from '../contract/proposal.ts';

/** A proposal, and whether a word of one's own on it still waits for the server. */
export type Overlaid = Proposal & { waiting?: true };

/**
 * The proposals as they will be once the server has taken these commands, in order. What waits is marked: agreeing
 * to something is only asked for until the server has decided, so nothing that is agreed on changes by it here. Pure.
 */
export function overlayProposals(
  proposals: readonly Proposal[],
  commands: readonly Command[],
  me: Member | undefined,
): Overlaid[] {
  let shown: Overlaid[] = [...proposals];
  const change = (id: string, how: (proposal: Overlaid) => Overlaid) => {
    shown = shown.map((one) => (one.id === id ? { ...how(one), waiting: true } : one));
  };
  for (const command of commands) {
    if (command.kind === 'definition.propose' || command.kind === 'agreement.propose') {
      const { proposalId } = command.payload;
      if (!shown.some(({ id }) => id === proposalId)) shown = [...shown, proposed(command, me)];
      else change(proposalId, (one) => one);
    } else if (command.kind === 'proposal.decide') {
      const { proposalId, agree, words } = command.payload;
      const state = agree ? 'agreed' : 'declined';
      change(proposalId, (one) => decided(one, state, command.at, me, words));
    } else if (command.kind === 'proposal.withdraw') {
      change(command.payload.proposalId, (one) => decided(one, 'withdrawn', command.at, me));
    }
  }
  return shown;
}

function proposed(
  command: CommandOf<'definition.propose' | 'agreement.propose'>,
  me: Member | undefined,
): Overlaid {
  const { proposalId, words } = command.payload;
  const proposal = {
    id: proposalId,
    baseRevision: command.baseRevision,
    byId: me?.id ?? '',
    team: me?.team ?? 'both',
    at: command.at,
    ...(words !== undefined && { words }),
    state: 'open' as const,
    waiting: true as const,
  };
  if (command.kind === 'agreement.propose') {
    return { ...proposal, about: { kind: 'agreement' }, draft: command.payload.draft };
  }
  const { definitionId, about, draft } = command.payload;
  return { ...proposal, about: { kind: about, id: definitionId }, draft };
}

function decided(
  proposal: Overlaid,
  state: Proposal['state'],
  decidedAt: string,
  me: Member | undefined,
  answer?: string,
): Overlaid {
  // Decided by somebody else meanwhile: that stands, and this one will be refused.
  if (proposal.state !== 'open') return proposal;
  return {
    ...proposal,
    ...{ state, decidedAt },
    ...(me && { decidedById: me.id }),
    ...(answer !== undefined && { answer }),
  };
}
