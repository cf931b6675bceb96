import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPORTS } from '../../../server/import/exports/index.ts';
import { fits, guessMapping, parseMapping } from '../../../server/import/mapping.ts';
import { prepare, Unrecognised } from '../../../server/import/prepare.ts';
import { FIXTURES } from './folder.ts';

const none = async () => undefined;
const fixtures = readdirSync(FIXTURES).filter((name) => name.endsWith('.csv') && name !== 'unknown.csv');

describe('vendors’ exports', () => {
  it.each(fixtures)('%s is recognised', async (name) => {
    const { plan } = await prepare(join(FIXTURES, name), none);
    const found = EXPORTS.find((one) => one.label === plan.label);
    expect(`${found?.id}.csv`).toBe(name);
  });

  it('declares each export once, under its source', () => {
    expect(new Set(EXPORTS.map((one) => one.id)).size).toBe(EXPORTS.length);
    for (const one of EXPORTS) expect(one.id.startsWith(`${one.source}-`)).toBe(true);
  });

  it('tells how dates are written from the dates', async () => {
    const { plan, unsureDates } = await prepare(join(FIXTURES, 'salesforce-leads.csv'), none);
    expect([plan.dateOrder, unsureDates]).toEqual(['mdy', false]);
  });

  it('takes nobody’s file for an export', async () => {
    const failed = await prepare(join(FIXTURES, 'unknown.csv'), none).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Unrecognised);
    expect(failed instanceof Unrecognised && failed.guess.columns).toEqual({
      Kundennr: '',
      'Vollständiger Name': 'name',
      'E-Mail': 'email',
      Firma: 'company',
      Betreuer: '',
    });
    await expect(prepare(join(FIXTURES, 'hubspot-contacts.csv'), none, 'pipedrive')).rejects.toThrow(
      /pipedrive/,
    );
  });
});

describe('mappings', () => {
  it('are refused with what is wrong', () => {
    expect(() => parseMapping('{', 'a.json')).toThrow(/not valid JSON/);
    expect(() => parseMapping('{"columns":{"A":"shoe size"}}', 'a.json')).toThrow(/Wrong: columns › A/);
    expect(() => parseMapping('{"colums":{}}', 'a.json')).toThrow(/Wrong/);
  });

  it('fit a file that has their columns', () => {
    const mapping = parseMapping('{"columns":{"Mail":"email","Note":""}}', 'a.json');
    expect(fits(mapping, ['MAIL', 'x'])).toBe(true);
    expect(fits(mapping, ['E-Mail'])).toBe(false);
  });

  it('guess no field twice but addresses and phones', () => {
    const { columns } = guessMapping(['Name', 'Full name', 'Email', 'E-Mail', 'Telefon']);
    expect(columns).toEqual({
      Name: 'name',
      'Full name': '',
      Email: 'email',
      'E-Mail': 'email',
      Telefon: 'phone',
    });
  });
});
