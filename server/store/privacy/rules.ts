import type { Schema } from '../schema.ts';

/** What a table has to do with the people that contacts stand for. */
export interface Rule {
  /**
   * `rows`: an export lists them under `as`. `derived`: an export counts them and says what they are for.
   * `none`: nothing of it is about a contact.
   */
  export: 'self' | 'rows' | 'derived' | 'none';
  as?: string;
  /** The column that says whose a row is. */
  column?: 'contact_id' | 'target_id' | 'id';
  /** `delete`: erasing takes the rows. `keep`: they hold an id and nothing else of the person. */
  erase: 'delete' | 'keep';
  what: string;
}

const rows = (as: string, what: string): Rule => ({
  export: 'rows',
  as,
  column: 'contact_id',
  erase: 'delete',
  what,
});
const derived = (what: string): Rule => ({
  export: 'derived',
  column: 'contact_id',
  erase: 'delete',
  what,
});
const none = (what: string): Rule => ({ export: 'none', erase: 'keep', what });

/**
 * What export and erasing do with every table. A new table without a rule is a type error, and a table with
 * a `contact_id` whose rule says nothing of it fails a test that goes by the database's own catalog.
 */
export const RULES = {
  contact: { export: 'self', column: 'id', erase: 'delete', what: 'name, place, stage, types, consent' },
  identity: rows('identities', 'addresses, numbers, profiles and record ids'),
  campaign_member: rows('campaigns', 'which campaigns, and how far each got'),
  handover: rows('handovers', 'who handed them over to whom, when, and what came of it'),
  hold: rows('holds', 'which campaigns somebody wanted to keep them out of, and what came of it'),
  go_ahead: rows('goAheads', 'what was in the way of writing to them, and why it was done all the same'),
  ticket: rows('tickets', 'what they needed, and their complaints'),
  deal: rows('deals', 'sales in hand with them'),
  stage_move: rows('moves', 'from which stage into which, when, by whom and why'),
  touch: rows('touches', 'calls, meetings, mails by subject'),
  note: rows('notes', 'what members wrote'),
  task: rows('tasks', 'what members mean to do'),
  card: derived('the same facts once more, as screens get them'),
  tag: derived('keyed hashes of addresses, profiles and name with company, to recognise them on a page'),
  company_tag: none('keyed hashes of domains of organisations'),
  tag_key: none('secrets of the server'),
  tag_log: none(
    'which keyed hashes came or went, until browsers have had time to hear of it; whose is not in it',
  ),
  word: derived('words of name and company, to be found by'),
  erasure: { ...rows('erasures', 'that somebody with this id was erased'), erase: 'keep' },
  suppression: { ...derived('keyed hashes that keep an erased person from coming back'), erase: 'keep' },
  audit: {
    export: 'rows',
    as: 'audit',
    column: 'target_id',
    erase: 'keep',
    what: 'who exported or erased them; ids only',
  },
  change: { export: 'none', column: 'id', erase: 'keep', what: 'that something with this id changed' },
  command: none('that a write was applied; ids of contacts in an answer are struck out by `eraseContacts`'),
  campaign: none('what was sent to many'),
  company: none('organisations'),
  company_domain: none('organisations'),
  company_record: none('organisations'),
  definition: none('what the two teams agreed on'),
  definition_version: none('what held before'),
  proposal: none('what a lead wants to be agreed on'),
  agreement: none('what the two teams owe each other'),
  source: none('addresses of other systems'),
  workspace: none('the team'),
  member: none('colleagues, who are not contacts'),
  browser: none('browsers of colleagues'),
  invite: none('invitations of colleagues'),
  oidc: none('sign-ins of colleagues'),
  secret: none('secrets of the server'),
  import_mapping: none('columns of files'),
  import_file: none('hashes of files'),
  retention: none('settings'),
  recipe_stale: none('which reader of a site no longer fits, and how often browsers said so'),
} satisfies { [T in keyof Schema]: Rule };

/** Tables in the order in which erasing empties them: what refers to a contact before the contact. */
export const ERASED = (Object.entries(RULES) as [keyof Schema, Rule][])
  .filter(([table, { erase }]) => erase === 'delete' && table !== 'contact')
  .map(([table]) => table);
