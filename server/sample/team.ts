import type { Member } from '../../utils/contract/member.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { sampleId } from './random.ts';

const member = (key: string, name: string, team: Member['team'], role: Member['role'], email: string) => ({
  id: sampleId(`member ${key}`),
  name,
  team,
  role,
  email,
});

/** The team that uses Truce. They sell Waypoint, software that plans depots, docks and routes. */
export const TEAM = {
  raj: member('raj', 'Raj Patel', 'sales', 'member', 'raj@truce.example'),
  mia: member('mia', 'Mia Lindgren', 'marketing', 'member', 'mia@truce.example'),
  sofia: member('sofia', 'Sofia Marques', 'sales', 'lead', 'sofia@truce.example'),
  tom: member('tom', 'Tom Becker', 'marketing', 'lead', 'tom@truce.example'),
  daniel: member('daniel', 'Daniel Okafor', 'sales', 'member', 'daniel@truce.example'),
  hana: member('hana', 'Hana Nováková', 'marketing', 'member', 'hana@truce.example'),
  alice: member('alice', 'Alice Adams', 'sales', 'member', 'alice@example.com'),
  jonas: member('jonas', 'Jonas Weber', 'service', 'member', 'jonas@truce.example'),
  priya: member('priya', 'Priya Nair', 'both', 'admin', 'priya@truce.example'),
} as const satisfies Record<string, Member>;

export type TeamKey = keyof typeof TEAM;

const stage = (key: string, order: number, label: string, team: Stage['team'], rest: [string, string]) => ({
  id: sampleId(`stage ${key}`),
  label,
  order,
  team,
  definition: rest[0],
  exit: rest[1],
  revision: 1,
});

/** What the two teams agreed on. `exit` reads on from “Done when …”. */
export const STAGES = {
  subscriber: stage('subscriber', 1, 'Subscriber', 'marketing', [
    'Reads the newsletter. We know an address and little else.',
    'they ask for something: a guide, a webinar, an answer',
  ]),
  lead: stage('lead', 2, 'Lead', 'marketing', [
    'Works at a company that moves goods, and has shown interest in a subject of ours.',
    'role and company fit our profile and they came back within 30 days',
  ]),
  mql: stage('mql', 3, 'Marketing qualified', 'marketing', [
    'Fits our profile, and has named a problem that we solve. Ready for a first call.',
    'a rep has accepted the hand-over and spoken with them',
  ]),
  sql: stage('sql', 4, 'Sales qualified', 'sales', [
    'A rep has spoken with them: the problem is real, has a cost and somebody who owns it.',
    'budget is confirmed and a meeting is booked',
  ]),
  opportunity: stage('opportunity', 5, 'Opportunity', 'sales', [
    'They compare offers. There is a sum, a date and a list of people who decide.',
    'the contract is signed or they said no',
  ]),
  customer: stage('customer', 6, 'Customer', 'service', [
    'Pays us. Service leads; sales and marketing ask before they write.',
    'the contract ends',
  ]),
} as const satisfies Record<string, Stage>;

export type StageKey = keyof typeof STAGES;
