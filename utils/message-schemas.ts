import * as v from 'valibot';
import { Id, Int, Version } from './contract/base.ts';
import { Changes } from './contract/change.ts';
import { Command } from './contract/command.ts';
import { EraseReason, Retention } from './contract/privacy.ts';
import { SiteView } from './contract/recipe.ts';
import { LinkWanted, TeamChange } from './contract/team.ts';
import type { Named, PageReport, Sighting } from './detect/types.ts';
import type { MessageKind, Payload, Protocol } from './messages.ts';

const line = v.pipe(v.string(), v.maxLength(1000));
const draft = v.pipe(v.string(), v.maxLength(100_000));
/** Numbers beyond are none that a browser gives, and Firefox throws at once when it is asked about them. */
export const BrowserInt = v.pipe(Int, v.minValue(0), v.maxValue(2 ** 31 - 1));
/** As detection writes them. */
const Key = v.pipe(line, v.regex(/^(email|linkedin|x|github|profile|name):./));

const Companies = v.pipe(v.array(line), v.minLength(1), v.maxLength(5));

const SightingSchema: v.GenericSchema<unknown, Sighting> = v.object({
  keys: v.pipe(v.array(Key), v.maxLength(20)),
  claims: v.exactOptional(v.pipe(v.array(Key), v.maxLength(20))),
  address: v.exactOptional(line),
  name: v.exactOptional(line),
  at: v.exactOptional(Companies),
  role: v.picklist(['sender', 'recipient', 'author', 'profile', 'mentioned']),
  focus: v.boolean(),
  why: v.picklist([
    'header',
    'list',
    'mailto',
    'attribute',
    'text',
    'structured',
    'obfuscated',
    'profile-url',
    'name',
  ]),
});

export const NamedSchema: v.GenericSchema<unknown, Named> = v.object({ name: line, at: v.array(line) });

/** What a page's script says; also what is kept of it, which an older version may have written. */
export const PageReportSchema: v.GenericSchema<unknown, PageReport> = v.object({
  site: v.exactOptional(line),
  version: v.exactOptional(Int),
  recipe: v.picklist(['none', 'found', 'missed']),
  missed: v.exactOptional(SiteView),
  sightings: v.pipe(v.array(SightingSchema), v.maxLength(2500)),
});

export type MessageRules = {
  [K in MessageKind]: { from: Protocol[K]['from']; payload: v.GenericSchema<unknown, Payload<K>> };
};

/** Who may send each message, and what it must carry. */
export const MESSAGES: MessageRules = {
  'page.report': { from: 'content', payload: PageReportSchema },
  'page.marks': { from: 'content', payload: v.object({ found: v.boolean() }) },
  'page.recipes': { from: 'content', payload: v.undefined() },
  'page.read': { from: 'screen', payload: v.object({ tabId: BrowserInt }) },
  'contact.search': { from: 'screen', payload: v.object({ q: line }) },
  'contact.open': {
    from: 'screen',
    payload: v.object({ contactId: Id, tabId: v.exactOptional(BrowserInt) }),
  },
  'guess.deny': {
    from: 'screen',
    payload: v.object({ contactId: Id, marks: v.pipe(v.array(line), v.maxLength(50)) }),
  },
  'contact.export': { from: 'screen', payload: v.object({ contactId: Id }) },
  'contact.erase': { from: 'screen', payload: v.object({ contactId: Id, reason: EraseReason }) },
  'contact.lift': { from: 'screen', payload: v.object({ address: line }) },
  'retention.read': { from: 'screen', payload: v.undefined() },
  'retention.save': { from: 'screen', payload: Retention },
  'definition.versions': { from: 'screen', payload: v.object({ id: Id }) },
  'company.open': { from: 'screen', payload: v.object({ companyId: Id }) },
  'command.write': { from: 'screen', payload: v.object({ command: Command, form: v.exactOptional(line) }) },
  'command.discard': { from: 'screen', payload: v.object({ id: Id }) },
  'command.mend': { from: 'screen', payload: v.object({ id: Id, form: line, text: draft }) },
  'command.replace': { from: 'screen', payload: v.object({ id: Id, command: Command }) },
  'command.move': { from: 'screen', payload: v.object({ id: Id, contactId: Id }) },
  'sign-in.start': {
    from: 'screen',
    payload: v.object({
      server: line,
      invitation: v.exactOptional(line),
      how: v.picklist(['window', 'code']),
    }),
  },
  'sign-in.stop': { from: 'screen', payload: v.undefined() },
  'connection.forget': { from: 'screen', payload: v.undefined() },
  'draft.save': {
    from: 'screen',
    payload: v.object({ form: line, text: draft }),
  },
  'draft.read': { from: 'screen', payload: v.object({ form: line }) },
  'site.list': { from: 'screen', payload: v.undefined() },
  'site.turn': { from: 'screen', payload: v.object({ site: line, on: v.boolean() }) },
  'team.read': { from: 'screen', payload: v.undefined() },
  'team.change': { from: 'screen', payload: TeamChange },
  'team.link': { from: 'screen', payload: LinkWanted },
  'team.audit': { from: 'screen', payload: v.object({ before: v.exactOptional(Id) }) },
  'stream.open': {
    from: 'screen',
    payload: v.object({ refused: v.exactOptional(v.pipe(v.string(), v.maxLength(10_000))) }),
  },
  'stream.hear': {
    from: 'screen',
    payload: v.object({
      of: Id,
      since: Version,
      version: Version,
      changes: v.pipe(Changes, v.maxLength(100_000)),
      reset: v.exactOptional(v.boolean()),
    }),
  },
  'stream.end': { from: 'screen', payload: v.object({ of: Id, code: v.picklist(['ended', 'removed']) }) },
};
