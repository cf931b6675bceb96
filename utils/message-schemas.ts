import { Id, z } from './contract/base.ts';
import { Command } from './contract/command.ts';
import { EraseReason, Retention } from './contract/privacy.ts';
import { LinkWanted, TeamChange } from './contract/team.ts';
import type { PageReport, Sighting } from './detect/types.ts';
import type { MessageKind, Payload, Protocol } from './messages.ts';

const line = z.string().check(z.maxLength(1000));
/** Numbers beyond are none that a browser gives, and Firefox throws at once when it is asked about them. */
export const BrowserInt = z.int().check(z.nonnegative(), z.lte(2 ** 31 - 1));
/** As detection writes them. */
const Key = line.check(z.regex(/^(email|linkedin|x|name):./));

const SightingSchema: z.ZodMiniType<Sighting> = z.object({
  keys: z.array(Key).check(z.minLength(1), z.maxLength(20)),
  address: z.exactOptional(line),
  name: z.exactOptional(line),
  role: z.enum(['sender', 'recipient', 'author', 'profile', 'mentioned']),
  focus: z.boolean(),
  why: z.enum(['header', 'list', 'mailto', 'attribute', 'text', 'structured', 'obfuscated', 'profile-url']),
});

/** What a page's script says; also what is kept of it, which an older version may have written. */
export const PageReportSchema: z.ZodMiniType<PageReport> = z.object({
  site: z.exactOptional(line),
  recipe: z.enum(['none', 'found', 'missed']),
  sightings: z.array(SightingSchema).check(z.maxLength(2500)),
});

export type MessageRules = {
  [K in MessageKind]: { from: Protocol[K]['from']; payload: z.ZodMiniType<Payload<K>> };
};

/** Who may send each message, and what it must carry. */
export const MESSAGES: MessageRules = {
  'page.report': { from: 'content', payload: PageReportSchema },
  'page.read': { from: 'screen', payload: z.object({ tabId: BrowserInt }) },
  'contact.search': { from: 'screen', payload: z.object({ q: line }) },
  'contact.open': {
    from: 'screen',
    payload: z.object({ contactId: Id, tabId: z.exactOptional(BrowserInt) }),
  },
  'contact.export': { from: 'screen', payload: z.object({ contactId: Id }) },
  'contact.erase': { from: 'screen', payload: z.object({ contactId: Id, reason: EraseReason }) },
  'contact.lift': { from: 'screen', payload: z.object({ address: line }) },
  'retention.read': { from: 'screen', payload: z.undefined() },
  'retention.save': { from: 'screen', payload: Retention },
  'company.open': { from: 'screen', payload: z.object({ companyId: Id }) },
  'command.write': { from: 'screen', payload: Command },
  'command.discard': { from: 'screen', payload: z.object({ id: Id }) },
  'sign-in.start': {
    from: 'screen',
    payload: z.object({
      server: line,
      invitation: z.exactOptional(line),
      how: z.enum(['window', 'code']),
    }),
  },
  'sign-in.stop': { from: 'screen', payload: z.undefined() },
  'connection.forget': { from: 'screen', payload: z.undefined() },
  'draft.save': {
    from: 'screen',
    payload: z.object({ form: line, text: z.string().check(z.maxLength(100_000)) }),
  },
  'draft.read': { from: 'screen', payload: z.object({ form: line }) },
  'site.list': { from: 'screen', payload: z.undefined() },
  'team.read': { from: 'screen', payload: z.undefined() },
  'team.change': { from: 'screen', payload: TeamChange },
  'team.link': { from: 'screen', payload: LinkWanted },
  'team.audit': { from: 'screen', payload: z.object({ before: z.exactOptional(Id) }) },
};
