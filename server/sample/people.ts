import { type Arc, COMPANIES, type Company } from './companies.ts';
import type { StageKey } from './definitions.ts';
import { KNOWN } from './known.ts';
import { nameFrom } from './names.ts';
import { type Random, sampleId, seeded } from './random.ts';
import type { TeamKey } from './team.ts';

export interface Person {
  id: string;
  name: string;
  /** What letters and notes call them. */
  first: string;
  title: string;
  company?: Company;
  emails: string[];
  phone?: string;
  linkedin?: string;
  x?: string;
  stage?: StageKey;
  owner?: TeamKey;
  doNotContact?: true;
  consent: 'granted' | 'denied' | 'unknown';
  /** Place among the people of the company: 0 and 1 carry its story. */
  rank: number;
  random: Random;
}

const TITLES = [
  'Head of Logistics',
  'Transport Manager',
  'Warehouse Manager',
  'Chief Financial Officer',
  'IT Architect',
  'Supply Chain Analyst',
  'Dock Supervisor',
  'Procurement Manager',
  'Fleet Coordinator',
  'Plant Manager',
  'Head of Customer Service',
  'Continuous Improvement Lead',
  'Security Officer',
  'Dispatcher',
];

/** Stages of a company's people by rank; later ones are further from the deal. */
const STAGES_OF: Record<Arc, StageKey[]> = {
  new: ['lead', 'subscriber', 'subscriber', 'lead'],
  nurture: ['mql', 'lead', 'lead', 'subscriber'],
  evaluating: ['sql', 'sql', 'mql', 'lead'],
  negotiating: ['opportunity', 'opportunity', 'sql', 'mql'],
  customer: ['customer', 'customer', 'customer', 'subscriber'],
  growing: ['customer', 'customer', 'opportunity', 'customer'],
  stalled: ['sql', 'mql', 'lead', 'lead'],
  lost: ['lead', 'lead', 'subscriber', 'subscriber'],
};

/** Everybody the team knows: those told by hand, then colleagues until each company has seven or eight. */
export function people(): Person[] {
  const all: Person[] = [];
  for (const company of [...COMPANIES, undefined]) {
    const random = seeded(`people ${company?.domain ?? 'alone'}`);
    const taken = new Set<string>();
    const known = KNOWN.filter((one) => (one.company && `${one.company}.example`) === company?.domain);
    const size = company ? 7 + random.int(2) : known.length;
    for (let rank = 0; rank < size; rank += 1) {
      const told = known[rank];
      all.push(told ? knownPerson(told, company, rank) : madePerson(company, rank, random, taken));
    }
  }
  return all;
}

function knownPerson(told: (typeof KNOWN)[number], company: Company | undefined, rank: number): Person {
  const { company: _, ...rest } = told;
  const random = seeded(`person ${told.name}`);
  return {
    ...rest,
    id: sampleId(`contact ${told.name}`),
    first:
      company?.people === 'jp' ? `${told.name.split(' ')[0]}さん` : (told.name.split(' ')[0] ?? told.name),
    ...(company && { company }),
    ...ownerOf(told.stage, company),
    consent: told.doNotContact ? 'denied' : random.chance(0.75) ? 'granted' : 'unknown',
    rank,
    random,
  };
}

function madePerson(company: Company | undefined, rank: number, from: Random, taken: Set<string>): Person {
  if (!company) throw new Error('[sample] nobody is made without a company');
  const name = nameFrom(company.people, from, taken);
  const random = seeded(`person ${name.local}@${company.domain}`);
  const stage = STAGES_OF[company.arc][Math.min(rank, 3)] ?? 'lead';
  const doNotContact = random.chance(0.015);
  return {
    id: sampleId(`contact ${name.local}@${company.domain}`),
    name: name.shown,
    first: name.shown.split(' ')[0] ?? name.shown,
    title: TITLES[(from.int(3) + rank * 3) % TITLES.length] ?? 'Planner',
    company,
    emails: [`${name.local}@${company.domain}`],
    ...(random.chance(0.4) && { phone: `+44 20 7946 0${100 + random.int(900)}` }),
    ...(random.chance(0.5) && { linkedin: `in/${name.local.replace('.', '-')}-${random.int(900) + 100}` }),
    stage,
    ...ownerOf(stage, company),
    ...(doNotContact && { doNotContact }),
    consent: doNotContact ? 'denied' : random.pick(['granted', 'granted', 'granted', 'unknown', 'denied']),
    rank,
    random,
  };
}

/** Marketing keeps the early stages without an owner; from “Marketing qualified” on somebody owns them. */
function ownerOf(stage: StageKey | undefined, company: Company | undefined): { owner?: TeamKey } {
  if (stage === undefined || stage === 'subscriber') return {};
  if (stage === 'lead') return company ? {} : { owner: 'mia' };
  if (stage === 'mql') return { owner: 'hana' };
  return { owner: company?.owner ?? 'daniel' };
}
