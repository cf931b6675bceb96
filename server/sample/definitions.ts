import type { Definition, FieldName, Says } from '../../utils/contract/definition.ts';
import { sampleId } from './random.ts';

interface Words {
  means: string;
  entry?: string;
  exit?: string;
  sales: Says;
  marketing: Says;
  needs?: FieldName[];
}

const define = (
  kind: NonNullable<Definition['kind']>,
  key: string,
  order: number,
  label: string,
  team: Definition['team'],
  { means, ...rest }: Words,
): Definition => ({
  ...{ id: sampleId(`${kind} ${key}`), kind, label, order, team, definition: means, revision: 1 },
  ...rest,
});

/** What the two teams agreed on. `exit` reads on from “Done when …”. */
export const STAGES = {
  subscriber: define('stage', 'subscriber', 1, 'Subscriber', 'marketing', {
    means: 'Reads the newsletter. We know an address and little else.',
    entry: 'they gave us their address themselves',
    exit: 'they ask for something: a guide, a webinar, an answer',
    marketing: { does: 'Writes twice a month, and answers.', doesNot: 'Asks for a call.' },
    sales: { doesNot: 'Writes or calls.' },
    needs: ['email', 'consent'],
  }),
  lead: define('stage', 'lead', 2, 'Lead', 'marketing', {
    means: 'Works at a company that moves goods, and has shown interest in a subject of ours.',
    entry: 'we know the company, and what they asked for',
    exit: 'role and company fit our profile and they came back within 30 days',
    marketing: {
      does: 'Finds out role and company, and sends what fits the subject.',
      doesNot: 'Names prices.',
    },
    sales: { does: 'Says so when it knows them already.', doesNot: 'Writes before the hand-over.' },
    needs: ['email', 'company', 'consent'],
  }),
  mql: define('stage', 'mql', 3, 'Marketing qualified', 'marketing', {
    means: 'Fits our profile, and has named a problem that we solve. Ready for a first call.',
    entry: 'the problem is in their own words in a note',
    exit: 'a rep has accepted the hand-over and spoken with them',
    marketing: {
      does: 'Hands over with the problem in their words, and stops the nurture mails.',
      doesNot: 'Promises a date for the call.',
    },
    sales: {
      does: 'Answers within 24 working hours, or gives the lead back with a reason.',
      doesNot: 'Lets it lie.',
    },
    needs: ['email', 'title', 'company', 'owner', 'leadType'],
  }),
  sql: define('stage', 'sql', 4, 'Sales qualified', 'sales', {
    means: 'A rep has spoken with them: the problem is real, has a cost and somebody who owns it.',
    entry: 'a rep has spoken with them',
    exit: 'budget is confirmed and a meeting is booked',
    sales: { does: 'Leads the talk, and notes who decides.', doesNot: 'Sends brochures on its own.' },
    marketing: {
      does: 'Gives cases of the same trade when asked.',
      doesNot: 'Puts them into a campaign without asking the owner.',
    },
    needs: ['email', 'phone', 'title', 'company', 'owner', 'saleType'],
  }),
  opportunity: define('stage', 'opportunity', 5, 'Opportunity', 'sales', {
    means: 'They compare offers. There is a sum, a date and a list of people who decide.',
    entry: 'there is a sum and a date',
    exit: 'the contract is signed or they said no',
    sales: { does: 'Keeps the list of who decides up to date.', doesNot: 'Changes the offer unasked.' },
    marketing: { does: 'Keeps references ready.', doesNot: 'Writes to anybody at the company.' },
    needs: ['email', 'phone', 'company', 'owner', 'saleType'],
  }),
  customer: define('stage', 'customer', 6, 'Customer', 'service', {
    means: 'Pays us. Service leads; sales and marketing ask before they write.',
    entry: 'the contract is signed',
    exit: 'the contract ends',
    sales: { does: 'Looks after renewals and more depots.', doesNot: 'Answers what service is asked.' },
    marketing: { does: 'Invites to the users’ day.', doesNot: 'Sends offers for newcomers.' },
    needs: ['email', 'company', 'owner'],
  }),
} as const satisfies Record<string, Definition>;

export type StageKey = keyof typeof STAGES;

export const LEAD_TYPES: readonly Definition[] = [
  define('lead', 'asked', 1, 'Asked us', 'marketing', {
    means: 'Came to us by themselves: form, fair, call.',
    sales: { does: 'Calls the same day.' },
    marketing: { does: 'Says on which page they asked.' },
  }),
  define('lead', 'warmed', 2, 'Warmed up', 'marketing', {
    means: 'Read, heard and came back over weeks.',
    sales: { does: 'Picks up the subject they read about.' },
    marketing: { does: 'Says what they read.', doesNot: 'Hands over after one click.' },
  }),
  define('lead', 'found', 3, 'Found by sales', 'sales', {
    means: 'A rep wrote to them first.',
    sales: { does: 'Notes where the name comes from.' },
    marketing: { doesNot: 'Writes until they have answered.' },
  }),
];

export const SALE_TYPES: readonly Definition[] = [
  define('sale', 'new', 1, 'New', 'sales', {
    means: 'They do not work with us yet.',
    sales: { does: 'Starts with one depot.' },
    marketing: { does: 'Shows cases of beginners.' },
  }),
  define('sale', 'cross', 2, 'Cross-sell', 'service', {
    means: 'A customer needs something else of ours.',
    sales: { does: 'Comes in when service asks.' },
    marketing: { does: 'Tells what else there is, in the product letter only.' },
  }),
  define('sale', 'up', 3, 'Up-sell', 'sales', {
    means: 'A customer needs more of the same: further depots or docks.',
    sales: { does: 'Asks service how it goes before it offers.' },
    marketing: { doesNot: 'Sends offers with discounts.' },
  }),
];
