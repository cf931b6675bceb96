import type { Campaign } from '../../utils/contract/campaign.ts';
import type { Clock } from './clock.ts';
import { sampleId } from './random.ts';
import { TEAM, type TeamKey } from './team.ts';

interface Sketch {
  key: string;
  name: string;
  channel: Campaign['channel'];
  /** Days before now; negative for what is planned. */
  days: number;
  hour?: number;
  owner: TeamKey;
  audience: string;
  subject: string;
  excerpt: string;
}

/** Everything the marketers sent in half a year, and what is about to go out. */
export const SKETCHES: readonly Sketch[] = [
  {
    key: 'autumn-pricing',
    name: 'Autumn pricing',
    channel: 'email',
    days: -1,
    owner: 'mia',
    audience: 'Leads and opportunities, EMEA',
    subject: 'Save 15% on every depot',
    excerpt:
      'Save 15% on every depot that you add until the end of the month. The price holds for three years, and you can start with one.',
  },
  {
    key: 'route-webinar',
    name: 'Route planning in practice',
    channel: 'webinar',
    days: -5,
    hour: 13,
    owner: 'hana',
    audience: 'Operations people, all stages',
    subject: 'Join us: 40 minutes on routes that hold',
    excerpt:
      'Two planners from Nordfrakt show their own Monday morning: what they let the software decide, and what they never will.',
  },
  {
    key: 'customer-day',
    name: 'Customer day',
    channel: 'event',
    days: -12,
    hour: 8,
    owner: 'tom',
    audience: 'Customers',
    subject: 'A day in Hamburg, on us',
    excerpt:
      'Meet the people who build Waypoint, bring your hardest dock plan, and stay for dinner at the harbour.',
  },
  {
    key: 'year-end-letter',
    name: 'Year-end letter',
    channel: 'direct-mail',
    days: -3,
    owner: 'tom',
    audience: 'Customers and open opportunities',
    subject: 'A letter on paper',
    excerpt:
      'Thank you for the trust. Inside you will find the three questions our customers asked most this year, and honest answers.',
  },
  {
    key: 'soc2',
    name: 'SOC 2 report is here',
    channel: 'email',
    days: 9,
    owner: 'mia',
    audience: 'Opportunities, IT and security roles',
    subject: 'Our SOC 2 Type II report is ready to read',
    excerpt:
      'No findings. Reply to this mail and we send you the report under a simple agreement, the same day.',
  },
  {
    key: 'warehouse-report',
    name: 'Warehouse report',
    channel: 'email',
    days: 16,
    owner: 'mia',
    audience: 'Leads with depots',
    subject: 'What 214 warehouses told us about waiting',
    excerpt:
      'The average truck waits 47 minutes at the gate. The best ten sites wait eleven. Case: Nordfrakt cut it by half in one quarter.',
  },
  {
    key: 'hamburg-fair',
    name: 'Hamburg logistics fair',
    channel: 'event',
    days: 25,
    owner: 'tom',
    audience: 'Northern Europe',
    subject: 'Hall B6, stand 214: coffee is on',
    excerpt: 'Bring us one bad day from last month. We replan it with you on the spot, in fifteen minutes.',
  },
  {
    key: 'release-8',
    name: 'Release 8: dock scheduling',
    channel: 'email',
    days: 30,
    owner: 'hana',
    audience: 'Customers and opportunities',
    subject: 'Docks that book themselves',
    excerpt: 'Carriers pick a slot, the yard sees it at once, and nobody calls the gate any more.',
  },
  {
    key: 'peak-checklist',
    name: 'Peak season checklist',
    channel: 'email',
    days: 38,
    owner: 'hana',
    audience: 'Retail',
    subject: 'Eleven weeks to Black Friday',
    excerpt:
      'One page, fourteen boxes. Most teams miss numbers 4 and 9: temporary drivers without logins, and returns without a dock.',
  },
  {
    key: 'empty-miles',
    name: 'Empty miles',
    channel: 'social',
    days: 50,
    owner: 'hana',
    audience: 'Fleet owners',
    subject: 'A third of all trucks on this road carry air',
    excerpt: 'We counted for a week on the A7. Here is what three carriers did about it.',
  },
  {
    key: 'cold-chain',
    name: 'Cold chain guide',
    channel: 'email',
    days: 61,
    owner: 'mia',
    audience: 'Food and pharma',
    subject: 'When two degrees cost a pallet',
    excerpt: 'A short guide to planning around doors, docks and drivers when the temperature may not move.',
  },
  {
    key: 'driver-webinar',
    name: 'Driver shortage webinar',
    channel: 'webinar',
    days: 83,
    hour: 13,
    owner: 'tom',
    audience: 'Transport managers',
    subject: 'Fewer drivers, same routes?',
    excerpt: 'Three transport managers on what they stopped doing. No slides from us, we promise.',
  },
  {
    key: 'onboarding',
    name: 'First hundred days',
    channel: 'email',
    days: 104,
    owner: 'hana',
    audience: 'New customers',
    subject: 'Your first hundred days with Waypoint',
    excerpt: 'Week one: one depot, one shift, one number. Everything else can wait.',
  },
  {
    key: 'benchmark',
    name: 'Summer benchmark',
    channel: 'email',
    days: 131,
    owner: 'mia',
    audience: 'Everyone who took part',
    subject: 'You are faster than 62% of your peers',
    excerpt: 'Your answers beside those of 180 others: gate, dock, route and returns, without names.',
  },
  {
    key: 'map-ads',
    name: 'One map for all depots',
    channel: 'ads',
    days: 148,
    owner: 'hana',
    audience: 'Manufacturing, DACH',
    subject: 'One map for all depots',
    excerpt: 'Stop planning in eleven spreadsheets. See every dock on one map.',
  },
  {
    key: 'spring-newsletter',
    name: 'June newsletter',
    channel: 'email',
    days: 167,
    owner: 'mia',
    audience: 'All subscribers',
    subject: 'What we learned from 1,000 late trucks',
    excerpt:
      'Most lateness starts before the engine does. Three small habits from planners who are never late.',
  },
];

export const campaignId = (key: string): string => sampleId(`campaign ${key}`);

export function campaignsAt(clock: Clock): Campaign[] {
  return SKETCHES.map((sketch) => ({
    id: campaignId(sketch.key),
    name: sketch.name,
    channel: sketch.channel,
    subject: sketch.subject,
    excerpt: sketch.excerpt,
    link: `https://www.truce.example/campaigns/${sketch.key}`,
    audience: sketch.audience,
    ownerId: TEAM[sketch.owner].id,
    plannedAt: clock.at(sketch.days, sketch.hour ?? 9).toISOString(),
    ...(sketch.days >= 0 && { sentAt: clock.at(sketch.days, sketch.hour ?? 9).toISOString() }),
    source: 'truce',
    revision: 1,
  }));
}
