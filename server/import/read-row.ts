import { normalAddress, normalDomain } from '../../utils/contract/match-key.ts';
import { cut, readLink, readLinkedin, readProfile, readX } from './cell.ts';
import { type Field, plain } from './fields.ts';
import type { Plan } from './plan.ts';
import type { CsvRecord } from './records.ts';
import type { CompanyPart, Remark, Row } from './row.ts';
import { longId } from './salesforce-id.ts';
import { readTime } from './times.ts';
import { readConsent, readState, readYes } from './words.ts';

export type Read = { row: Row; remarks: Remark[] } | { reason: string };

const EMPTY = new Set(['', '-', '--', 'n/a', 'null', 'none', '(no value)', '[not provided]']);

/** Reads one record. What cannot be read is named; the row is refused when nothing would find it again. */
export function readRow(record: CsvRecord, plan: Plan): Read {
  const cells = trimEnd(record.cells, plan.width);
  if (cells.length < plan.width) return { reason: `too few columns: ${cells.length} of ${plan.width}` };
  if (cells.length > plan.width) return { reason: `too many columns: ${cells.length} of ${plan.width}` };
  const reader = new CellReader(record.line, cells, plan);
  if (record.relaxed) reader.remark('', '', 'a quote stands inside a cell and was read as a letter');
  const row = {
    line: record.line,
    emails: [],
    phones: [],
    ...reader.common(),
    ...reader.person(),
  } satisfies Row;
  const reason = whyRefused(row, plan, reader.remarks);
  return reason === undefined ? { row, remarks: reader.remarks } : { reason };
}

/** Spreadsheets add empty cells at the end, and drop them. */
function trimEnd(cells: string[], width: number): string[] {
  let end = cells.length;
  while (end > width && cells[end - 1]?.trim() === '') end -= 1;
  return cells.slice(0, end);
}

function whyRefused(row: Row, plan: Plan, remarks: Remark[]): string | undefined {
  if (plan.subject === 'companies') {
    return row.company?.name || row.company?.domain ? undefined : 'neither a name nor a domain';
  }
  const known = row.recordId !== undefined || row.emails.length > 0 || row.linkedin !== undefined;
  const bad = remarks.find((remark) => remark.reason === BAD_ADDRESS);
  if (!known && bad) return `“${bad.value}” is not an e-mail address, and nothing else tells who this is`;
  if (!known && row.name === undefined) return 'neither a name nor an address';
  if (!known) return 'no record id, address or LinkedIn profile to know this person by';
  return row.name === undefined && row.emails.length === 0 ? 'neither a name nor an address' : undefined;
}

const BAD_ADDRESS = 'not an e-mail address';

class CellReader {
  readonly remarks: Remark[] = [];
  readonly #line: number;
  readonly #cells: string[];
  readonly #plan: Plan;

  constructor(line: number, cells: string[], plan: Plan) {
    this.#line = line;
    this.#cells = cells;
    this.#plan = plan;
  }

  remark(column: string, value: string, reason: string): void {
    this.remarks.push({ line: this.#line, column, value: cut(value, 200), reason });
  }

  /** The filled cells that hold a field, with the names of their columns. */
  #all(field: Field): { value: string; column: string }[] {
    const found = (this.#plan.places.get(field) ?? []).flatMap((place) => {
      const value = this.#cells[place]?.trim() ?? '';
      return EMPTY.has(value.toLowerCase()) ? [] : [{ value, column: this.#plan.header[place] ?? '' }];
    });
    const standard = this.#plan.defaults[field];
    return found.length === 0 && standard ? [{ value: standard, column: field }] : found;
  }

  #text(field: Field, max = 200): string | undefined {
    const value = this.#all(field)[0]?.value.replace(/\s+/g, ' ');
    return value === undefined ? undefined : cut(value, max);
  }

  #read<T>(field: Field, read: (value: string) => T | undefined, reason: string): T | undefined {
    const cell = this.#all(field)[0];
    const value = cell && read(cell.value);
    if (cell && value === undefined) this.remark(cell.column, cell.value, reason);
    return value;
  }

  #time(field: Field): string | undefined {
    const read = (value: string) => readTime(value, this.#plan.dateOrder)?.toISOString();
    return this.#read(field, read, 'not a date');
  }

  /** What rows of people and of companies share. */
  common() {
    const id = this.#text('recordId');
    return defined({
      recordId: id && this.#id(id),
      company: this.#company(),
      owner: this.#text('owner'),
      createdAt: this.#time('createdAt'),
      changedAt: this.#time('changedAt'),
    });
  }

  #id(id: string): string {
    return this.#plan.source === 'salesforce' ? longId(id) : id;
  }

  person() {
    if (this.#plan.subject === 'companies') return {};
    const stage = this.#text('stage');
    const url = this.#read('recordUrl', readLink, 'not a web address');
    const optOut = this.#read('optOut', readYes, 'neither yes nor no');
    const consent = this.#read('consent', readConsent, 'not a word for consent');
    return {
      emails: this.#emails(),
      phones: [...new Set(this.#all('phone').map(({ value }) => cut(value, 50)))],
      ...defined({
        recordUrl: url,
        name: this.#name(),
        title: this.#text('title'),
        linkedin: this.#read('linkedin', readLinkedin, 'not a LinkedIn profile'),
        x: this.#read('x', readX, 'not a profile on X'),
        profiles: this.#profiles(),
        stage: stage && (this.#plan.stages.get(plain(stage)) ?? stage),
        consent:
          optOut === true
            ? ('denied' as const)
            : optOut === false
              ? (consent ?? ('unknown' as const))
              : consent,
        consentAt: this.#time('consentAt'),
        doNotContact: this.#read('doNotContact', readYes, 'neither yes nor no'),
        lastActivityAt: this.#time('lastActivityAt'),
        membership: this.#membership(),
      }),
    };
  }

  #emails(): string[] {
    const found = new Set<string>();
    for (const { value, column } of this.#all('email')) {
      for (const part of value.split(this.#plan.separator)) {
        const bare = part
          .trim()
          .replace(/^.*<([^>]*)>$/, '$1')
          .replace(/^mailto:/i, '');
        if (bare === '') continue;
        const address = normalAddress(bare);
        if (address === undefined) this.remark(column, part.trim(), BAD_ADDRESS);
        else found.add(address);
      }
    }
    return [...found];
  }

  #profiles(): string[] | undefined {
    const found = new Set<string>();
    for (const { value, column } of this.#all('profile')) {
      const key = readProfile(value);
      if (key === undefined) this.remark(column, value, 'not the address of a profile');
      else found.add(key);
    }
    return found.size > 0 ? [...found] : undefined;
  }

  #name(): string | undefined {
    const whole = this.#text('name');
    const first = this.#text('firstName');
    const last = this.#text('lastName');
    if (whole !== undefined || (first === undefined && last === undefined)) return whole;
    const familyFirst = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(
      `${last ?? ''}`,
    );
    return (familyFirst ? [last, first] : [first, last]).filter((part) => part !== undefined).join(' ');
  }

  #company(): CompanyPart | undefined {
    const website = this.#text('website', 500);
    const host = this.#text('companyDomain') ?? website;
    const recordId =
      this.#plan.subject === 'companies'
        ? this.#text('recordId')
        : this.#text('companyId')?.split(/[;,]/)[0]?.trim();
    const part: CompanyPart = defined({
      recordId: recordId && this.#id(recordId),
      name: this.#text('company'),
      domain:
        host &&
        normalDomain(
          host
            .replace(/^https?:\/\//i, '')
            .replace(/^www\./i, '')
            .replace(/[/?#].*$/, ''),
        ),
      industry: this.#text('industry'),
      size: this.#text('companySize', 50),
      website: website && (/^https?:\/\//i.test(website) ? website : `https://${website}`),
    });
    return part.name === undefined && part.domain === undefined && part.recordId === undefined
      ? undefined
      : part;
  }

  #membership(): Row['membership'] {
    const campaign = this.#text('campaign');
    const id = this.#text('campaignId');
    if (campaign === undefined && id === undefined) return undefined;
    const said = this.#text('memberState');
    const type = this.#text('campaignType');
    const at =
      this.#time('memberAt') ??
      (this.#plan.memberState === 'unsubscribed' ? this.#time('consentAt') : undefined);
    return {
      campaign: campaign ?? `Campaign ${id}`,
      externalId: id === undefined ? `name:${campaign}` : this.#id(id),
      state: this.#plan.memberState ?? readState(said ?? ''),
      ...(type !== undefined && { type }),
      ...(at !== undefined && { at }),
    };
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined | ''> };

/** Without the keys that have no value. */
function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as Defined<T>;
}
