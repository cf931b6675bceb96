import type { StageKey } from './definitions.ts';

/** Somebody who is told by hand, not made from the pools. */
export interface Known {
  name: string;
  /** The main address first. */
  emails: string[];
  title: string;
  /** Domain of the company without `.example`; absent for people on their own. */
  company?: string;
  stage?: StageKey;
  linkedin?: string;
  x?: string;
  phone?: string;
  doNotContact?: true;
}

/** People with a part in the mailbox, in the sample webmail, or of a kind that screens must cope with. */
export const KNOWN: readonly Known[] = [
  {
    name: 'Ann Lee',
    emails: ['ann.lee@acme.example'],
    title: 'Head of Operations',
    company: 'acme',
    stage: 'sql',
    linkedin: 'in/ann-lee',
    phone: '+1 555 0142',
  },
  {
    name: 'Marco Ortiz',
    emails: ['marco.ortiz@acme.example'],
    title: 'Depot Manager',
    company: 'acme',
    stage: 'mql',
    linkedin: 'in/marco-ortiz-depots',
  },
  {
    name: 'Bob Marley-Smith',
    emails: ['bob.smith@acme.example'],
    title: 'IT Director',
    company: 'acme',
    stage: 'sql',
    linkedin: 'in/bob-marley-smith',
  },
  {
    name: 'Zoë François',
    emails: ['zoe.francois@societe.example', 'zoe+projet@societe.example'],
    title: 'Directrice des opérations',
    company: 'societe',
    stage: 'opportunity',
    linkedin: 'in/zoë-françois',
  },
  {
    name: 'John Doe',
    emails: ['john.doe@corp.example'],
    title: 'Procurement Lead',
    company: 'corp',
    stage: 'sql',
  },
  {
    name: 'Jane Whitfield',
    emails: ['jane@corp.example'],
    title: 'VP Supply Chain',
    company: 'corp',
    stage: 'opportunity',
    linkedin: 'in/jane-whitfield',
  },
  {
    name: 'Siobhan O’Brien',
    emails: ['siobhan.obrien@hr.corp.example'],
    title: 'HR Business Partner',
    company: 'corp',
    stage: 'lead',
  },
  {
    name: '山田 太郎',
    emails: ['taro.yamada@nihon.example'],
    title: '物流部長',
    company: 'nihon',
    stage: 'mql',
    linkedin: 'in/taro-yamada',
  },
  {
    name: 'Grace Hopper',
    emails: ['grace.hopper@navy.example'],
    title: 'Independent adviser',
    stage: 'lead',
  },
  {
    name: 'Ivan Petrov',
    emails: ['ivan.petrov@yandex.example'],
    title: 'Integration consultant',
    stage: 'subscriber',
  },
  {
    name: 'Ирина Кузнецова',
    emails: ['irina@kuz.example'],
    title: 'Директор по логистике',
    company: 'kuz',
    stage: 'mql',
  },
  {
    name: 'Erik Lindqvist',
    emails: ['erik.lindqvist@nordfrakt.example'],
    title: 'Head of Planning',
    company: 'nordfrakt',
    stage: 'customer',
    linkedin: 'in/erik-lindqvist-planning',
    x: 'erikplans',
  },
  {
    name: 'Sabine Krüger',
    emails: ['sabine.krueger@hafensoehne.example'],
    title: 'Geschäftsführerin',
    company: 'hafensoehne',
    stage: 'opportunity',
    phone: '+49 40 5550117',
  },
  {
    name: 'خالد المنصوري',
    emails: ['khalid.almansoori@gulfcold.example'],
    title: 'مدير العمليات',
    company: 'gulfcold',
    stage: 'sql',
  },
  {
    name: 'תמר לוי',
    emails: ['tamar.levi@galilfresh.example'],
    title: 'סמנכ״לית תפעול',
    company: 'galilfresh',
    stage: 'sql',
  },
  {
    name: 'Harriet Ashworth',
    emails: ['harriet.ashworth@brightway.example'],
    title: 'Head of Store Delivery',
    company: 'brightway',
    stage: 'customer',
  },
  {
    name: 'Lorenzo Ricci',
    emails: ['lorenzo@molinoverde.example'],
    title: 'Titolare',
    company: 'molinoverde',
    stage: 'lead',
  },
  {
    name: 'Femke van der Meer',
    emails: ['femke.vandermeer@vandijk.example'],
    title: 'Operations Manager',
    company: 'vandijk',
    stage: 'customer',
    linkedin: 'in/femkevandermeer',
  },
  {
    name: 'Małgorzata Zając',
    emails: ['malgorzata.zajac@kowalski.example'],
    title: 'Kierownik logistyki',
    company: 'kowalski',
    stage: 'sql',
  },
  {
    name: 'Ananya Deshpande',
    emails: ['ananya.deshpande@bharatparcel.example'],
    title: 'Chief Operating Officer',
    company: 'bharatparcel',
    stage: 'opportunity',
    x: 'ananya_moves',
  },
  {
    name: '王秀英',
    emails: ['xiuying.wang@huatong.example'],
    title: '运营总监',
    company: 'huatong',
    stage: 'sql',
  },
  {
    name: '김서연',
    emails: ['seoyeon.kim@hanbit.example'],
    title: '물류팀장',
    company: 'hanbit',
    stage: 'lead',
  },
  {
    name: 'Ελένη Παπαδοπούλου',
    emails: ['eleni@hellas.example'],
    title: 'Υπεύθυνη στόλου',
    company: 'hellas',
    stage: 'lead',
  },
  {
    name: 'Margaux Lefèvre',
    emails: ['margaux.lefevre@evasionsport.example'],
    title: 'Responsable logistique web',
    company: 'evasionsport',
    stage: 'mql',
  },
  {
    name: 'Emily Carter',
    emails: ['emily.carter@northwindgrocers.example', 'emily@carterfamily.example'],
    title: 'Director of Distribution',
    company: 'northwindgrocers',
    stage: 'customer',
  },
  // One box, two people: a page that shows the address gets a choice.
  {
    name: 'Joost Kuiper',
    emails: ['planning@oranjebloemen.example'],
    title: 'Planner, early shift',
    company: 'oranjebloemen',
    stage: 'opportunity',
  },
  {
    name: 'Noor Bakker',
    emails: ['planning@oranjebloemen.example'],
    title: 'Planner, late shift',
    company: 'oranjebloemen',
    stage: 'sql',
  },
  {
    name: 'Maria-Antonietta Evangelina della Rovere Castelbianco di Sant’Ambrogio',
    emails: ['mariaantonietta.dellaroverecastelbianco@medtrans.example'],
    title: 'Group Vice President, Consolidated Terminal Operations, Fleet Harmonisation and Special Projects',
    company: 'medtrans',
    stage: 'mql',
  },
  {
    name: 'Wolfeschlegelsteinhausenbergerdorff',
    emails: ['w@saarstahl.example'],
    title: 'Disponent',
    company: 'saarstahl',
    stage: 'subscriber',
  },
  {
    name: 'Farah Qureshi',
    emails: ['farah.qureshi@sahyadri.example'],
    title: 'Plant Logistics Head',
    company: 'sahyadri',
    stage: 'lead',
    doNotContact: true,
  },
  {
    name: 'Rory Byrne',
    emails: ['rory.byrne@harbourtools.example'],
    title: 'Finance Director',
    company: 'harbourtools',
    stage: 'sql',
    doNotContact: true,
  },
];
