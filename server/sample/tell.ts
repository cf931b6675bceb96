import type { MembershipState } from '../../utils/contract/campaign.ts';
import { ANN } from './ann.ts';
import { SKETCHES } from './campaigns.ts';
import type { Clock } from './clock.ts';
import type { Company } from './companies.ts';
import type { Person } from './people.ts';
import { NOTES, STORIES, type Step } from './stories.ts';
import { TEAM, type TeamKey } from './team.ts';

export interface Told {
  touches: (Step & { at: Date; by: TeamKey })[];
  notes: { by: TeamKey; at: Date; site: string; text: string }[];
  tasks: { by: TeamKey; dueOn: string; text: string }[];
  memberships: { campaign: string; state: MembershipState; at: Date }[];
}

/** What happened between us and this person: for the first of a company its story, for others the small things. */
export function tell(person: Person, clock: Clock): Told {
  if (person.name === ANN.name) return tellAnn(clock);
  const { company, random } = person;
  const fill = filler(person);
  const owner: TeamKey = person.owner ?? company?.owner ?? 'daniel';
  const steps = company ? STORIES[company.arc].filter((step) => step.who === person.rank) : [];
  const touches = [...steps, ...small(person)].map((step) => ({
    ...step,
    by: step.by === 'owner' ? (company?.owner ?? owner) : step.by,
    subject: fill(step.subject),
    ...(step.excerpt && { excerpt: fill(step.excerpt) }),
    at: clock.workday(step.days + random.int(3), 8 + random.int(8), random.int(60)),
  }));
  const notes =
    company && person.rank === 0
      ? NOTES[company.arc].map((note) => ({
          by: note.by === 'owner' ? company.owner : note.by,
          at: clock.workday(note.days, 9 + random.int(7), random.int(60)),
          site: note.site,
          text: fill(note.text),
        }))
      : [];
  return { touches, notes, tasks: tasks(person, owner, clock), memberships: memberships(person, clock) };
}

function filler(person: Person): (text: string) => string {
  const words: Partial<Record<string, string>> = {
    first: person.first,
    company: person.company?.name ?? '',
    pain: person.company?.pain ?? 'waiting',
    pilot: person.company?.pilot ?? 'one depot',
    today: person.company?.today ?? 'a spreadsheet',
  };
  return (text) => {
    const filled = text.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? word);
    return filled.replace(/^\p{Ll}|(?<=^“|[.:] “|[.!?] )\p{Ll}/gu, (letter) => letter.toUpperCase());
  };
}

/** The little that happens with somebody who is not in the middle of things. */
function small({ company, random, rank, stage }: Person): Step[] {
  if (rank < 2 && company) return [];
  const all: Step[] = [
    { days: 139, kind: 'form', direction: 'in', by: 'mia', subject: 'Signed up for the newsletter' },
    {
      days: 70,
      kind: 'chat',
      direction: 'in',
      by: 'hana',
      subject: 'Asked a question on the website',
      excerpt: 'About logins for temporary drivers. Answered with a link.',
    },
    {
      days: 46,
      kind: 'social',
      direction: 'in',
      by: 'hana',
      subject: 'Liked “A third of all trucks carry air”',
    },
    { days: 26, kind: 'event', direction: 'in', by: 'tom', subject: 'Left a card at the Hamburg fair' },
  ];
  if (stage === 'sql' || stage === 'opportunity')
    all.push({
      days: 23,
      kind: 'email',
      direction: 'out',
      by: 'owner',
      subject: 'Answers for your part of the project',
      excerpt: 'Short list for {company}: logins, data, days on site.',
    });
  return all.filter(() => random.chance(0.42));
}

const TASKS: Partial<Record<Company['arc'], string>> = {
  evaluating: 'Send {first} the waiting-time sheet for {pilot}',
  negotiating: 'Ask {first} whether the lawyer has answered',
  growing: 'Order form for the next sites to finance',
  customer: 'Reports per shift: show {first} the draft',
  stalled: 'Call {first} about the new budget year',
};

function tasks(person: Person, owner: TeamKey, clock: Clock): Told['tasks'] {
  const text = person.company && person.rank === 0 ? TASKS[person.company.arc] : undefined;
  if (text === undefined) return [];
  const due = clock.at(-1 - person.random.int(9), 12);
  return [{ by: owner, dueOn: due.toISOString().slice(0, 10), text: filler(person)(text) }];
}

const REACTIONS: MembershipState[] = [
  'sent',
  'delivered',
  'delivered',
  'opened',
  'opened',
  'opened',
  'clicked',
  'clicked',
  'replied',
];

/** Which campaigns somebody was in: by stage, never after a “no”. */
function memberships({ consent, random, stage, doNotContact }: Person, clock: Clock): Told['memberships'] {
  const list: Told['memberships'] = [];
  const leavesAt = consent === 'denied' ? 20 + random.int(90) : undefined;
  for (const { key, days, hour, channel } of SKETCHES) {
    if (!fits(key, stage) || !random.chance(0.5)) continue;
    if (days < 0) {
      if (leavesAt === undefined && !doNotContact)
        list.push({ campaign: key, state: 'planned', at: clock.at(days, hour ?? 9) });
      continue;
    }
    if (leavesAt !== undefined && days < leavesAt) continue;
    const state =
      channel === 'ads' || channel === 'social'
        ? random.pick(['clicked', 'opened'] as const)
        : random.pick(REACTIONS);
    list.push({
      campaign: key,
      state,
      at: clock.at(Math.max(days - random.int(3), 1), 9 + random.int(9), random.int(60)),
    });
  }
  const last = list.findLast((one) => one.state !== 'planned');
  if (leavesAt !== undefined && list[0]) (list.find((one) => one === last) ?? list[0]).state = 'unsubscribed';
  return list;
}

function fits(campaign: string, stage: Person['stage']): boolean {
  if (campaign === 'customer-day' || campaign === 'onboarding') return stage === 'customer';
  if (campaign === 'autumn-pricing' || campaign === 'warehouse-report') return stage !== 'customer';
  if (campaign === 'year-end-letter') return stage === 'customer' || stage === 'opportunity';
  return true;
}

function tellAnn(clock: Clock): Told {
  const board = clock.spoken(-12);
  return {
    touches: ANN.touches.map((step, place) => ({
      ...step,
      at: clock.at(step.days, 10 + (place % 5), 12 + place * 5),
    })),
    notes: ANN.notes.map((note) => ({
      ...note,
      at: clock.at(note.days, 16, 20),
      text: note.text.replace('{board}', board),
    })),
    tasks: [{ by: 'raj', dueOn: clock.at(-3).toISOString().slice(0, 10), text: 'Send Ann the SOC 2 report' }],
    memberships: ANN.memberships.map(([campaign, state, days]) => ({
      campaign,
      state,
      at: clock.at(days, days < 0 ? 9 : 11),
    })),
  };
}

export const teamOf = (by: TeamKey) => TEAM[by].team;
