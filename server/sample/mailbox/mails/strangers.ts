import type { Thread } from '../types.ts';

const ME = 'Raj Patel <raj@truce.example>';

/** Threads from people and machines that the team does not know: none of them may cause a request. */
export const STRANGER_THREADS: Thread[] = [
  {
    id: 'list-dmarc',
    subject: '[freight-dev] Time zones in dock slots',
    list: 'freight-dev <freight-dev@lists.example>',
    mails: [
      {
        from: '"Ola Nordmann via freight-dev" <freight-dev@lists.example>',
        to: ['freight-dev@lists.example'],
        ago: 210,
        unread: true,
        body: 'Hi all,\n\na slot at 02:30 on the night the clocks change happens twice. How do you store it?\n\nOla\n\n--\nfreight-dev mailing list\nTo leave it write to freight-dev-leave@lists.example',
      },
    ],
  },
  {
    id: 'login-notice',
    subject: 'New sign-in to your account',
    mails: [
      {
        from: 'GitHub <noreply@github.example>',
        to: ['raj@truce.example'],
        ago: 540,
        body: 'We noticed a new sign-in to your account from Firefox on Linux.\n\nIf this was you, there is nothing to do.',
      },
    ],
  },
  {
    id: 'newsletter-dock',
    subject: 'Dock & Door: the week in warehouses',
    mails: [
      {
        from: 'Dock & Door <newsletter@dockanddoor.example>',
        to: ['raj@truce.example'],
        ago: 1100,
        body: 'Robots that ask for help, a port that ran out of chains, and the quiet return of the clipboard.\n\nRead on the web: https://www.dockanddoor.example/week\n\nYou get this because you signed up. Leave: https://www.dockanddoor.example/leave',
      },
    ],
  },
  {
    id: 'peer-coffee',
    subject: 'Coffee at the fair?',
    mails: [
      {
        from: 'Lena Brandt <lena.brandt@palettenwelt.example>',
        to: [ME],
        ago: 1900,
        body: 'Hi Raj,\n\nwe sat beside each other in the talk about yard moves. I run planning at Palettenwelt. Coffee next week?\n\nLena\n\n--\nLena Brandt\n+49 221 5550133\nhttps://www.linkedin.com/in/lena-brandt-paletten',
      },
    ],
  },
  {
    id: 'invoice-hotel',
    subject: 'Your invoice 20911',
    mails: [
      {
        from: 'Hotel Elbblick <no-reply@elbblick.example>',
        to: ['raj@truce.example'],
        ago: 2450,
        body: 'Thank you for staying with us. Your invoice is in the attachment.\n\nThis mailbox is not read. Questions: reception@elbblick.example',
      },
    ],
  },
  {
    id: 'recruiter',
    subject: 'A role that fits',
    mails: [
      {
        from: 'p.harrow@talentbridge.example',
        to: ['raj@truce.example'],
        ago: 3100,
        body: 'Hello Raj,\n\nI am looking for somebody who has sold to logistics firms. May I call?\n\nP. Harrow',
      },
    ],
  },
  {
    id: 'many',
    subject: 'Panel on Thursday: who speaks when',
    mails: [
      {
        from: 'Nadia Haddad <nadia@fairpanel.example>',
        to: [
          ME,
          'Oskar Lund <oskar@lund.example>',
          'Priti Rao <priti.rao@cargoview.example>',
          'Sam Poole <sam.poole@quayside.example>',
          'Yara Costa <yara@rotas.example>',
        ],
        cc: ['Tom Becker <tom@truce.example>', 'Ann Lee <ann.lee@acme.example>'],
        ago: 3600,
        body: 'Dear all,\n\nfive minutes each, in this order: Oskar, Priti, Raj, Sam, Yara. Ann asks the first question.\n\nThank you,\nNadia',
      },
    ],
  },
  {
    id: 'survey',
    subject: 'Two minutes for your parcel service?',
    mails: [
      {
        from: 'donotreply@parcelpoll.example',
        to: ['raj@truce.example'],
        ago: 4700,
        body: 'How was your delivery? Please do not answer this mail.',
      },
    ],
  },
  {
    id: 'team-lunch',
    subject: 'Lunch on Friday',
    mails: [
      {
        from: 'Mia Lindgren <mia@truce.example>',
        to: [ME, 'Hana Nováková <hana@truce.example>', 'Daniel Okafor <daniel@truce.example>'],
        ago: 5600,
        body: 'The small place at the corner, half past twelve. I have a table for four and one question about Acme.\n\nMia',
      },
    ],
  },
  {
    id: 'spam-seo',
    subject: 'Re: your website ranking',
    mails: [
      {
        from: 'Kevin <kevin@rank-first.example>',
        to: ['undisclosed-recipients:;'],
        ago: 8200,
        body: 'Hi there, I was on your website and found seven mistakes. Reply YES for a free report.',
      },
    ],
  },
];
