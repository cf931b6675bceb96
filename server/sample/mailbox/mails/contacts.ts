import type { Thread } from '../types.ts';

const ME = 'Raj Patel <raj@truce.example>';
const ANN = 'Ann Lee <ann.lee@acme.example>';
const MARCO = 'Marco Ortiz <marco.ortiz@acme.example>';

/** Threads whose writers are among the sample team's contacts. */
export const CONTACT_THREADS: Thread[] = [
  {
    id: 'acme-pilot',
    subject: 'Pilot in two depots',
    mails: [
      {
        from: ANN,
        to: [ME],
        cc: [MARCO],
        ago: 4400,
        body: 'Hi Raj,\n\nMarco and I talked it through. We would like to try it in two depots, Tacoma Gate and Riverside, for four weeks.\n\nWhat do you need from us to begin?\n\nAnn',
      },
      {
        from: ME,
        to: [ANN],
        cc: [MARCO],
        ago: 4100,
        body: 'Hi Ann,\n\nThat is good news. I need a list of docks per depot, the opening hours, and one person on site who may say no.\n\nRaj',
      },
      {
        from: ANN,
        to: [ME],
        cc: [MARCO, 'Bob Marley-Smith <bob.smith@acme.example>'],
        ago: 38,
        unread: true,
        body: 'Hi Raj,\n\nDocks and hours are attached to the ticket. On site it will be Marco. Bob looks after the single sign-on.\n\nOne thing before we sign: our auditors want the SOC 2 report, by Friday if you can.\n\nBest,\nAnn\n\n--\nAnn Lee\nHead of Operations, Acme Logistics\n+1 555 0142\nhttps://www.linkedin.com/in/ann-lee\n\n> On Thursday Raj Patel <raj@truce.example> wrote:\n> That is good news. I need a list of docks per depot, the opening hours, and one person on site who may say no.',
      },
    ],
  },
  {
    id: 'acme-sso',
    subject: 'Single sign-on for the pilot',
    mails: [
      {
        from: 'Bob Marley-Smith <bob.smith@acme.example>',
        to: [ME],
        ago: 95,
        unread: true,
        body: 'Raj,\n\nwe use OpenID Connect for everything. Do you support group claims, and who rotates the keys?\n\nHalf an hour on Tuesday would do.\n\nBob\n\n--\nBob Marley-Smith, IT Director\nAcme Logistics\nTel. +1 555 0177\nhttps://www.linkedin.com/in/bob-marley-smith',
      },
    ],
  },
  {
    id: 'societe-contrat',
    subject: 'Contrat : dernière relecture',
    mails: [
      {
        from: 'Zoë François <zoe.francois@societe.example>',
        to: [ME],
        cc: ['Alice Adams <alice@example.com>'],
        ago: 150,
        lang: 'fr',
        body: 'Bonjour Raj,\n\nnotre avocate a relu le contrat. Il reste le délai de préavis : trois mois nous conviendraient mieux que six.\n\nSi c’est possible, nous signons cette semaine et nous commençons par le hub de Lyon.\n\nBien à vous,\nZoë François\nDirectrice des opérations\nSociété Rhône Transit',
      },
    ],
  },
  {
    id: 'hafen-termin',
    subject: 'AW: Starttermin Terminal 2',
    mails: [
      {
        from: '"Krüger, Sabine" <sabine.krueger@hafensoehne.example>',
        to: [ME],
        ago: 260,
        lang: 'de',
        body: 'Guten Tag Herr Patel,\n\nder Betriebsrat hat zugestimmt. Wir können am Ersten anfangen, bitte mit einer Einweisung für die Frühschicht.\n\nFreundliche Grüße\nSabine Krüger\nGeschäftsführerin, Hafen & Söhne\nTel. +49 40 5550117\n\n> Am Montag schrieb Raj Patel <raj@truce.example>:\n> Sobald der Betriebsrat zugestimmt hat, nenne ich Ihnen drei Termine.',
      },
    ],
  },
  {
    id: 'corp-returns',
    subject: 'Returns without a dock',
    mails: [
      {
        from: 'Jane Whitfield <jane@corp.example>',
        to: [ME],
        cc: ['"Doe, John" <john.doe@corp.example>', 'Siobhan O’Brien <siobhan.obrien@hr.corp.example>'],
        ago: 420,
        body: 'Raj,\n\nthree stores, as discussed: Leeds, York and Hull. John will send the purchase terms; Siobhan asks how drivers without an account sign in.\n\nI would rather have fewer features and a date I can rely on.\n\nJane',
      },
    ],
  },
  {
    id: 'corp-terms',
    subject: 'Purchase terms',
    mails: [
      {
        from: '"Doe, John" <john.doe@corp.example>',
        to: [ME],
        ago: 700,
        body: 'Dear Mr Patel,\n\nplease find our terms in the portal. Payment is 60 days. Kindly confirm by return.\n\nJohn Doe\nProcurement',
      },
    ],
  },
  {
    id: 'nordfrakt-sites',
    subject: 'Tre terminaler till',
    mails: [
      {
        from: 'Erik Lindqvist <erik.lindqvist@nordfrakt.example>',
        to: [ME],
        cc: ['Mia Lindgren <mia@truce.example>'],
        ago: 900,
        lang: 'sv',
        body: 'Hej Raj!\n\nStyrelsen sa ja. Vi vill ha Göteborg, Örebro och Sundsvall före sommaren.\n\nMia får gärna skriva om oss, men låt mig läsa texten först.\n\nHälsningar\nErik\n\nhttps://www.linkedin.com/in/erik-lindqvist-planning',
      },
    ],
  },
  {
    id: 'gulf-doors',
    subject: 'أبواب المستودع وقت الظهيرة',
    mails: [
      {
        from: 'خالد المنصوري <khalid.almansoori@gulfcold.example>',
        to: [ME],
        ago: 1300,
        lang: 'ar',
        body: 'مرحباً راج،\n\nقسنا مدة فتح الأبواب كما اتفقنا: أربع دقائق لكل شاحنة في الصباح، وتسع دقائق ظهراً.\n\nهل يمكن أن نبدأ بمستودع جبل علي في الأسبوع القادم؟\n\nمع التحية،\nخالد',
      },
    ],
  },
  {
    id: 'galil-routes',
    subject: 'מסלולי בוקר',
    mails: [
      {
        from: 'תמר לוי <tamar.levi@galilfresh.example>',
        to: [ME],
        ago: 1500,
        lang: 'he',
        body: 'שלום ראג׳,\n\nהנהגים מתחילים בארבע. אפשר לראות את המסלול בטלפון בלי להתחבר בכל פעם מחדש?\n\nתודה,\nתמר',
      },
    ],
  },
  {
    id: 'nihon-data',
    subject: '夜間配送のデータについて',
    mails: [
      {
        from: '山田 太郎 <taro.yamada@nihon.example>',
        to: [ME],
        ago: 1750,
        lang: 'ja',
        body: 'ラジ様\n\nお世話になっております。大阪デポの夜間配送データを来週お送りします。\n\n個人情報は含まれておりません。よろしくお願いいたします。\n\n山田',
      },
    ],
  },
  {
    id: 'kuz-docs',
    subject: 'Документы на воротах',
    mails: [
      {
        from: 'Ирина Кузнецова <irina@kuz.example>',
        to: [ME],
        ago: 2300,
        lang: 'ru',
        body: 'Здравствуйте, Радж!\n\nСпасибо за пример Nordfrakt. Сколько стоит один склад в год?\n\nС уважением,\nИрина Кузнецова',
      },
    ],
  },
  {
    id: 'brightway-invoice',
    subject: 'Two depots on one line',
    mails: [
      {
        from: 'Harriet Ashworth <harriet.ashworth@brightway.example>',
        to: ['billing@truce.example', ME],
        ago: 2600,
        body: 'Hello both,\n\nthe October invoice has Leeds and Bradford on one line; our system wants one line each. Could you send it again?\n\nThank you,\nHarriet',
      },
    ],
  },
  {
    id: 'oranje-planning',
    subject: 'Dock 9 on Thursday',
    mails: [
      {
        from: 'Planning <planning@oranjebloemen.example>',
        to: [ME],
        ago: 2950,
        body: 'Hi,\n\ncan we see dock 9 on the same screen as the auction clock? The late shift asks every day.\n\nPlanning desk, Oranje Bloemen',
      },
    ],
  },
  {
    id: 'huatong-yard',
    subject: '宁波堆场试点',
    mails: [
      {
        from: '王秀英 <xiuying.wang@huatong.example>',
        to: [ME],
        ago: 3300,
        lang: 'zh',
        body: '拉吉您好，\n\n堆场平面图已经准备好了。请问试点需要多少摄像头？\n\n王秀英',
      },
    ],
  },
  {
    id: 'bharat-addresses',
    subject: 'Addresses without numbers',
    mails: [
      {
        from: 'Ananya Deshpande <ananya.deshpande@bharatparcel.example>',
        to: [ME],
        cc: ['Sofia Marques <sofia@truce.example>'],
        ago: 3900,
        body: 'Raj, Sofia,\n\nour riders know the lanes, the map does not. If your pilot in Pune learns from them, we sign for the west.\n\nAnanya',
      },
    ],
  },
  {
    id: 'northwind-private',
    subject: 'From my other address',
    mails: [
      {
        from: 'Emily Carter <emily@carterfamily.example>',
        to: [ME],
        ago: 5200,
        body: 'Hi Raj,\n\nI am travelling and can’t reach the office mail. Please send the order form to finance, not to me.\n\nEmily (Northwind Grocers)',
      },
    ],
  },
  {
    id: 'medtrans-eleven',
    subject: 'Eleven companies, one plan?',
    mails: [
      {
        from: 'Maria-Antonietta Evangelina della Rovere Castelbianco di Sant’Ambrogio <mariaantonietta.dellaroverecastelbianco@medtrans.example>',
        to: [ME],
        ago: 6100,
        body: 'Dear Raj,\n\nGenoa would begin, the others would watch. Is that a plan you can live with?\n\nWarm regards from the harbour',
      },
    ],
  },
  {
    id: 'vandijk-shift',
    subject: 'Rapport per ploeg',
    mails: [
      {
        from: 'Femke van der Meer <femke.vandermeer@vandijk.example>',
        to: [ME],
        cc: ['Jonas Weber <jonas@truce.example>'],
        ago: 7300,
        lang: 'nl',
        body: 'Hoi Raj, hoi Jonas,\n\nhet concept ziet er goed uit. Mogen de uren van de nachtploeg erbij?\n\nGroet,\nFemke',
      },
    ],
  },
];
