import { CARD_LIMITS, type Card } from '../contract/card.ts';
import type { CommandOf } from '../contract/command.ts';
import { normalAddress } from '../contract/match-key.ts';
import type { Member } from '../contract/member.ts';
import { typedLinkedinKey, typedProfileKey } from '../contract/profile-key.ts';
import { profilesOf, withProfiles } from '../contract/profiles.ts';

/** A card that begins with somebody who was added here. */
export function added({ payload, at }: CommandOf<'contact.add'>): Card {
  const typed = { source: 'truce', at } as const;
  const email = normalAddress(payload.email ?? '');
  const linkedin = typedLinkedinKey(payload.linkedin ?? '');
  const profile = typedProfileKey(payload.profile ?? '');
  const keys = [...new Set([linkedin, profile])].filter((key) => key !== undefined);
  return {
    contact: {
      id: payload.contactId,
      name: payload.name,
      ...(payload.title !== undefined && { title: payload.title }),
      ...(payload.stageId !== undefined && { stageId: payload.stageId, stageAt: at }),
      emails: email === undefined ? [] : [email],
      phones: [],
      ...withProfiles(keys),
      records: [],
      provenance: { name: typed, ...(payload.stageId !== undefined && { stage: typed }) },
      revision: 1,
    },
    touches: [],
    touchCount: 0,
    memberships: [],
    membershipCount: 0,
    notes: [],
    tasks: [],
  };
}

/**
 * Counts like the server, so that a second edit of one's own fits the first, which still waits. One whose base is
 * not here was applied already (its answer was lost), or will be refused.
 */
export function edited(card: Card, command: CommandOf<'contact.edit'>, me: Member | undefined): Card {
  const { payload, at, baseRevision } = command;
  const { stageId, ownerId, leadTypeId, saleTypeId, doNotContact, consent, reason } = payload;
  const { ownerId: before, leadTypeId: leadBefore, saleTypeId: saleBefore, ...rest } = card.contact;
  const restaged = stageId !== undefined && stageId !== rest.stageId;
  const changes =
    restaged ||
    (ownerId !== undefined && ownerId !== (before ?? null)) ||
    (leadTypeId !== undefined && leadTypeId !== (leadBefore ?? null)) ||
    (saleTypeId !== undefined && saleTypeId !== (saleBefore ?? null)) ||
    (doNotContact !== undefined && doNotContact !== (rest.doNotContact ?? false)) ||
    (consent !== undefined && consent !== (rest.consent ?? 'unknown'));
  const owner = ownerId === undefined ? before : (ownerId ?? undefined);
  const lead = leadTypeId === undefined ? leadBefore : (leadTypeId ?? undefined);
  const sale = saleTypeId === undefined ? saleBefore : (saleTypeId ?? undefined);
  const typed = { source: 'truce', at } as const;
  const told = { ...typed, ...(reason !== undefined && { reason }) };
  return {
    ...card,
    ...(restaged && { moves: moved(card, command, stageId, me) }),
    contact: {
      ...rest,
      ...(doNotContact !== undefined && { doNotContact }),
      ...(consent !== undefined && { consent }),
      ...(owner !== undefined && { ownerId: owner }),
      ...(lead !== undefined && { leadTypeId: lead }),
      ...(sale !== undefined && { saleTypeId: sale }),
      ...(stageId !== undefined && { stageId, stageAt: at }),
      provenance: {
        ...rest.provenance,
        ...(stageId !== undefined && { stage: told }),
        ...(ownerId !== undefined && { owner: typed }),
        ...(doNotContact !== undefined && { doNotContact: told }),
        ...(consent !== undefined && { consent: told }),
      },
      revision: rest.revision + Number(changes && baseRevision === rest.revision),
    },
  };
}

/** A command that the server has applied already, and whose answer was lost, is no second move. */
function moved(
  { contact, moves = [] }: Card,
  { id, at, payload: { reason } }: CommandOf<'contact.edit'>,
  toId: string,
  me: Member | undefined,
): Card['moves'] {
  const from = contact.stageId !== undefined && { fromId: contact.stageId };
  const why = reason !== undefined && { reason };
  const move = { id, ...from, toId, at, ...(me && { by: me.id }), ...why, source: 'truce' as const };
  return [move, ...moves].slice(0, CARD_LIMITS.moves);
}

/** Contact whose profile this is, or is not. */
export function identified(
  contact: Card['contact'],
  { payload: { key, theirs }, at }: CommandOf<'contact.identify'>,
  me: Member | undefined,
): Card['contact'] {
  const keys = profilesOf(contact);
  const { [key]: said, ...rest } = contact.provenance;
  // The server takes back only what was said here.
  if (keys.includes(key) === theirs || (!theirs && said === undefined)) return contact;
  const { linkedin: _, x: __, profiles: ___, ...bare } = contact;
  const left = theirs ? [...keys, key] : keys.filter((one) => one !== key);
  const now = { source: 'truce', at, ...(me && { by: me.id }) } as const;
  return { ...bare, ...withProfiles(left), provenance: theirs ? { ...rest, [key]: now } : rest };
}
