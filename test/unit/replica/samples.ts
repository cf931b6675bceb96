import type { Card } from '../../../utils/contract/card.ts';
import type { Company } from '../../../utils/contract/company.ts';
import type { Member } from '../../../utils/contract/member.ts';
import type { HeldCard } from '../../../utils/replica/disk.ts';
import { keysOf } from '../../../utils/replica/keys.ts';
import { bareCard } from '../../fixtures/bare-card.ts';

const AT = '2026-03-02T10:00:00.000Z';

export const acme: Company = {
  id: '0192f000-0000-7000-8000-00000000c0c0',
  name: 'Acme Logistics',
  domains: ['acme.example'],
  records: [],
  revision: 1,
};

export const rita: Member = {
  id: '0192f000-0000-7000-8000-00000000aaaa',
  name: 'Rita Rep',
  team: 'sales',
  role: 'member',
  email: 'rita@us.example',
};

export function cardOf(id: string, name: string, email: string, more: Partial<Card> = {}): Card {
  const card = bareCard(id, name, email);
  return { ...card, contact: { ...card.contact, companyId: acme.id }, ...more };
}

export function heldOf(card: Card, version = 1): HeldCard {
  return { id: card.contact.id, version, card, keys: keysOf(card, acme), fetchedAt: Date.parse(AT) };
}

/** A UUID that ends in this number. */
export const idOf = (number: number): string =>
  `0192f000-0000-7000-8000-${number.toString().padStart(12, '0')}`;
