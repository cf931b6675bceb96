import type { Touch } from '../../utils/contract/touch.ts';
import type { Arc } from './companies.ts';
import type { TeamKey } from './team.ts';

/**
 * One step between us and a company. In texts `{first}`, `{company}`, `{pain}`, `{pilot}`, `{today}` and
 * `{owner}` are filled in. `who` is the place of the person among the company's people.
 */
export interface Step {
  days: number;
  kind: Touch['kind'];
  direction: 'in' | 'out';
  /** `owner` is the rep of the company. */
  by: TeamKey | 'owner';
  who?: number;
  subject: string;
  excerpt?: string;
}

const step = (
  days: number,
  kind: Step['kind'],
  direction: Step['direction'],
  by: Step['by'],
  subject: string,
  excerpt?: string,
  who = 0,
): Step => ({ days, kind, direction, by, who, subject, ...(excerpt && { excerpt }) });

const OPENING: Step[] = [
  step(
    168,
    'form',
    'in',
    'mia',
    'Asked for the warehouse report',
    'Wrote in the form: “{pain}, every single week.”',
  ),
  step(
    150,
    'email',
    'out',
    'owner',
    'Your note about {pain}',
    'Offered a short call and the Nordfrakt case.',
  ),
  step(
    141,
    'call',
    'out',
    'owner',
    'First call',
    'Works with {today} today. Knows what it costs, not yet whose budget it is.',
  ),
];

export const STORIES: Record<Arc, Step[]> = {
  new: [
    step(
      34,
      'event',
      'in',
      'tom',
      'Met at the Hamburg fair',
      'Told us about {pain}. Took the route planning leaflet.',
    ),
    step(
      21,
      'form',
      'in',
      'hana',
      'Signed up for the webinar',
      'Question: “Does it work beside {today}?”',
      1,
    ),
    step(
      6,
      'social',
      'in',
      'mia',
      'Commented on our post about empty miles',
      '“Same here. Still on {today}.”',
    ),
  ],
  nurture: [
    step(158, 'form', 'in', 'mia', 'Took part in the summer benchmark'),
    step(
      96,
      'chat',
      'in',
      'hana',
      'Asked on the website about prices',
      'Wanted to know what one depot costs. Sent the price list.',
      1,
    ),
    step(
      47,
      'social',
      'out',
      'hana',
      'Congratulated on the new site',
      'Answered kindly; it opens in spring, {pilot} first.',
    ),
    step(
      19,
      'email',
      'out',
      'hana',
      'The Nordfrakt case, as promised',
      'Sent the two pages on {pain}. No answer yet.',
    ),
  ],
  evaluating: [
    ...OPENING,
    step(
      88,
      'meeting',
      'out',
      'owner',
      'Walk through the site',
      'Saw {pain} with our own eyes. {first} will count for two weeks.',
    ),
    step(
      52,
      'email',
      'in',
      'owner',
      'Re: the count',
      '“Worse than we thought. How fast could we start with a pilot in {pilot}?”',
    ),
    step(
      33,
      'event',
      'in',
      'tom',
      'Came to our stand in Hamburg',
      'Replanned one bad day with us. Left smiling.',
      1,
    ),
    step(
      13,
      'call',
      'out',
      'owner',
      'Pilot questions',
      'IT asks where the data is kept and who may see it.',
      1,
    ),
    step(
      4,
      'email',
      'out',
      'owner',
      'Pilot in {pilot}: plan and price',
      'Four weeks, one goal, a price with an end date.',
    ),
  ],
  negotiating: [
    ...OPENING,
    step(
      109,
      'meeting',
      'out',
      'owner',
      'Workshop in {pilot}',
      'Six people at the table. {first} leads, finance is friendly.',
    ),
    step(58, 'email', 'in', 'owner', 'Re: offer, second version', '“The price is fine. The term is not.”'),
    step(
      27,
      'meeting',
      'out',
      'sofia',
      'Terms with their lawyer',
      'Open: term of notice and the service credits.',
      1,
    ),
    step(
      8,
      'email',
      'out',
      'owner',
      'Contract for signature',
      'Sent the last version; they said “before the month ends”.',
    ),
    step(
      2,
      'call',
      'in',
      'owner',
      '{first} called about the start date',
      'Wants to begin with {pilot} in the first week of the month.',
    ),
  ],
  customer: [
    step(
      161,
      'meeting',
      'out',
      'jonas',
      'Go-live in {pilot}',
      'One shift, one number: waiting time. It fell from day three.',
    ),
    step(
      92,
      'email',
      'in',
      'jonas',
      'How do we add seasonal drivers?',
      'Answered within the hour; guide sent.',
      1,
    ),
    step(45, 'call', 'out', 'jonas', 'Quarterly review', 'Happy. Asks for reports per shift.'),
    step(
      29,
      'email',
      'out',
      'hana',
      'May we tell your story?',
      '{first} likes the idea and asks the press office.',
    ),
    step(
      11,
      'email',
      'in',
      'owner',
      'A question about the invoice',
      'Two depots on one line; corrected the same day.',
      2,
    ),
  ],
  growing: [
    step(164, 'meeting', 'out', 'jonas', 'Go-live in {pilot}', 'Quiet start, as planned.'),
    step(
      86,
      'call',
      'out',
      'jonas',
      'Quarterly review',
      'Half the {pain}. {first} wants the other sites too.',
    ),
    step(41, 'meeting', 'in', 'owner', 'Plan for three more sites', 'They drew the map themselves.'),
    step(17, 'social', 'in', 'mia', 'Shared our case with a kind word', '“Ask us anything about it.”', 1),
    step(
      5,
      'email',
      'in',
      'owner',
      'Budget for the next sites',
      '“Approved. Please send the order form to finance.”',
      2,
    ),
  ],
  stalled: [
    ...OPENING,
    step(99, 'meeting', 'out', 'owner', 'Demo for the whole team', 'Good questions, then holidays.'),
    step(63, 'email', 'out', 'owner', 'Shall we find a new date?'),
    step(
      36,
      'email',
      'in',
      'owner',
      'Re: Shall we find a new date?',
      '“New budget year, please come back in January.”',
    ),
  ],
  lost: [
    ...OPENING,
    step(120, 'meeting', 'out', 'owner', 'Demo', 'Liked the map. Asked twice about fixed prices.'),
    step(71, 'email', 'in', 'owner', 'Our decision', '“We stay with {today} for now. It was close.”'),
    step(22, 'email', 'out', 'mia', 'No hard feelings: the cold chain guide', 'Opened it the same day.'),
  ],
};

/** Pinned by both teams on those who carry a company's story; the place is the site it was pinned from. */
export const NOTES: Record<Arc, { days: number; by: TeamKey | 'owner'; site: string; text: string }[]> = {
  new: [
    {
      days: 20,
      by: 'mia',
      site: 'www.linkedin.com',
      text: 'Talks openly about {pain}. Do not sell yet, send something useful.',
    },
  ],
  nurture: [
    {
      days: 18,
      by: 'hana',
      site: 'www.linkedin.com',
      text: 'Reads everything, answers rarely. {pilot} is the place to start.',
    },
  ],
  evaluating: [
    {
      days: 12,
      by: 'owner',
      site: 'mail.google.com',
      text: '{first} needs one number for the board: what {pain} costs per week.',
    },
    {
      days: 32,
      by: 'tom',
      site: 'www.linkedin.com',
      text: 'Met at the fair: curious about dock scheduling, no patience for slides.',
    },
  ],
  negotiating: [
    {
      days: 7,
      by: 'owner',
      site: 'mail.google.com',
      text: 'Contract is with them. Please no price mails until it is signed.',
    },
    {
      days: 40,
      by: 'mia',
      site: 'www.linkedin.com',
      text: 'Would be a lovely case: {pain}, and how it ended. Ask after signing.',
    },
  ],
  customer: [
    {
      days: 44,
      by: 'jonas',
      site: 'app.truce.example',
      text: 'Prefers the phone before nine. Reports per shift are the wish of the year.',
    },
  ],
  growing: [
    {
      days: 16,
      by: 'jonas',
      site: 'app.truce.example',
      text: 'Our best reference for {pain}. Ask before you name them.',
    },
    { days: 5, by: 'owner', site: 'mail.google.com', text: 'Order form goes to finance, not to {first}.' },
  ],
  stalled: [
    {
      days: 35,
      by: 'owner',
      site: 'mail.google.com',
      text: 'Come back in January, not before. They meant it.',
    },
  ],
  lost: [
    {
      days: 70,
      by: 'owner',
      site: 'mail.google.com',
      text: 'Lost on fixed prices, not on the product. Contract with the other side ends in a year.',
    },
  ],
};
