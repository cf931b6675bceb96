import type { Card } from '../contract/card.ts';
import type { AboutContact } from '../contract/command.ts';
import { type Handover, isOpen } from '../contract/handover.ts';
import type { Member } from '../contract/member.ts';

export type OfHandover = Extract<AboutContact, { kind: `handover.${string}` }>;

/** How a card's handovers will be once the server has taken this. One that is on offer has no clock until then. */
export function handedOver(card: Card, command: OfHandover, me: Member | undefined): Card {
  const { handovers = [] } = card;
  const { handoverId } = command.payload;
  if (command.kind === 'handover.offer') {
    // One who was offered already is refused a second time, and is shown as they are.
    if (handovers.some((one) => one.id === handoverId || isOpen(one))) return card;
    return { ...card, handovers: [offered(command, me), ...handovers] };
  }
  const changed = handovers.map((one) =>
    one.id === handoverId && isOpen(one)
      ? { ...one, ...after(one, command, me), revision: one.revision + 1 }
      : one,
  );
  return { ...card, handovers: changed };
}

const offered = (
  { payload, at }: Extract<OfHandover, { kind: 'handover.offer' }>,
  me: Member | undefined,
): Handover => ({
  id: payload.handoverId,
  state: 'offered',
  byId: me?.id ?? '',
  at,
  toId: payload.toId,
  ...(payload.words !== undefined && { words: payload.words }),
  revision: 1,
});

function after(
  { state }: Handover,
  command: Exclude<OfHandover, { kind: 'handover.offer' }>,
  me: Member | undefined,
): Partial<Handover> {
  const { at } = command;
  switch (command.kind) {
    case 'handover.accept':
      return { state: state === 'lapsed' ? state : 'accepted', acceptedAt: at, ...(me && { toId: me.id }) };
    case 'handover.reassign':
      return { state: state === 'lapsed' ? state : 'offered', toId: command.payload.toId };
    case 'handover.withdraw':
      return { state: 'withdrawn' };
    case 'handover.return': {
      const { reasonId, words } = command.payload;
      // What it reads is in the agreement, and comes with the server's answer.
      const returned = {
        byId: me?.id ?? '',
        at,
        reasonId,
        reason: '',
        ...(words !== undefined && { words }),
      };
      return { state: 'returned', returned };
    }
  }
}
