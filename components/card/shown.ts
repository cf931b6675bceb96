import type { Membership } from '../../utils/contract/campaign.ts';
import type { Card } from '../../utils/contract/card.ts';
import type { Contact } from '../../utils/contract/contact.ts';
import { profilesOf } from '../../utils/contract/profiles.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { handoverOf } from '../handover.ts';
import { campaignOf, definitionOf, memberOf, stageOf } from '../records.ts';

/** What a part of the card shows, by record: `contact` stands for the contact's own fields. */
export type PartOf = Readonly<Record<string, unknown>>;

/** So many of a list at most: what falls off its end is no news. */
const NEWEST = 5;

export const byId = (records: readonly { id: string }[]): PartOf =>
  Object.fromEntries(records.slice(0, NEWEST).map((record) => [record.id, record]));

export const shownOfWho = ({ card, company }: KnownPerson): PartOf =>
  card ? { who: [card.contact.name, card.contact.title, company?.name] } : {};

export function shownOfStage(view: View, { contact, moves }: Card): PartOf {
  const owner = memberOf(view, contact.ownerId);
  const types = [contact.leadTypeId, contact.saleTypeId].map((id) => definitionOf(view, id));
  // The id of a move is another one once the server has it.
  const { reason, by } = moves?.[0] ?? {};
  return { contact: [stageOf(view, contact.stageId), owner?.name, owner?.left, types, reason, by] };
}

/** What comes with the server's answer to what was written here is no news. */
export function shownOfHandover(view: View, card: Card): PartOf {
  const handover = handoverOf(card);
  if (!handover) return {};
  const { id, state, byId, toId, words, returned, followed } = handover;
  const names = [byId, toId].map((one) => memberOf(view, one)?.name);
  return { [id]: [state, names, words, returned?.words, followed?.byId] };
}

export const shownOfCampaigns = (view: View, memberships: Membership[]): PartOf =>
  Object.fromEntries(memberships.map((one) => [one.campaignId, [one, campaignOf(view, one.campaignId)]]));

export const shownOfPermission = ({ doNotContact, consent }: Contact): PartOf => ({
  contact: [doNotContact, consent],
});

export const shownOfProfiles = (contact: Contact): PartOf => ({ contact: profilesOf(contact) });

export const shownOfWarnings = (view: View, card: Card | undefined): PartOf => ({
  ...(card && shownOfPermission(card.contact)),
  ...shownOfCampaigns(view, card?.memberships.filter(({ state }) => state === 'planned') ?? []),
});
