import type { MembershipState } from '../../utils/contract/campaign.ts';
import type { Contact } from '../../utils/contract/contact.ts';
import { plain } from './fields.ts';

/** Words of the vendors for the same stage; a workspace's stage with one of them as its label is meant. */
const STAGES: string[][] = [
  ['subscriber', 'subscribed'],
  ['lead', 'new', 'open'],
  ['marketing qualified', 'marketingqualifiedlead', 'marketing qualified lead', 'mql'],
  [
    'sales qualified',
    'salesqualifiedlead',
    'sales qualified lead',
    'sql',
    'sales accepted',
    'sal',
    'qualified',
  ],
  ['opportunity', 'deal', 'in negotiation'],
  ['customer', 'client', 'evangelist', 'won'],
];

/** Labels, in plain form, that this word may mean; itself first. */
export function stageWords(word: string): string[] {
  const wanted = plain(word);
  return [wanted, ...(STAGES.find((group) => group.includes(wanted)) ?? [])];
}

const YES = ['1', 'true', 'yes', 'y', 'x', 'ja', 'oui', 'sí', 'si', 'wahr', 'vrai'];
const NO = ['0', 'false', 'no', 'n', 'nein', 'non', 'falsch', 'faux'];

/** @returns undefined when it says neither yes nor no */
export function readYes(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return YES.includes(word) ? true : NO.includes(word) ? false : undefined;
}

const GRANTED = ['granted', 'subscribed', 'opted in', 'opt in', 'consent', 'given', ...YES];
const DENIED = ['denied', 'unsubscribed', 'opted out', 'opt out', 'withdrawn', ...NO];
const UNKNOWN = ['unknown', 'no consent', 'none', 'not set', 'never subscribed', 'bounced', 'cleaned'];

export function readConsent(text: string): Contact['consent'] {
  const word = plain(text);
  if (GRANTED.includes(word)) return 'granted';
  if (DENIED.includes(word)) return 'denied';
  return UNKNOWN.includes(word) ? 'unknown' : undefined;
}

const STATES: [MembershipState, RegExp][] = [
  ['unsubscribed', /unsubscri|opted? out/],
  ['bounced', /bounce|undeliver/],
  ['planned', /plan|target|queue/],
  ['replied', /respon|repli|attend|complet/],
  ['clicked', /click|regist|sign/],
  ['opened', /open|view|read/],
  ['delivered', /deliver|receiv/],
];

/** What a campaign's word for a member means; `sent` when it says nothing else. */
export function readState(text: string): MembershipState {
  const word = text.toLowerCase();
  if (/^(not|no|un)\b/.test(word)) return 'sent';
  return STATES.find(([, pattern]) => pattern.test(word))?.[0] ?? 'sent';
}
