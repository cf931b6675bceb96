import type { Member } from '../../utils/contract/member.ts';
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
