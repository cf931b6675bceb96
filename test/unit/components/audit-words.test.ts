import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { detailsOf, SENTENCES } from '../../../components/team/audit-words.ts';
import { EraseReason } from '../../../utils/contract/privacy.ts';
import { speakEnglish } from '../../screens/speak.ts';

beforeAll(speakEnglish);

const server = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join('server', file), 'utf8'))
  .join('\n');

/** The members of a union of words that the server declares. */
function union(name: string): string[] {
  const [, body = ''] = new RegExp(`type ${name} =([^;]+);`).exec(server) ?? [];
  const words = [...body.matchAll(/'([^']+)'/g)].map(([, word = '']) => word);
  expect(words.length, name).toBeGreaterThan(1);
  return words;
}

/** The fields of every `detail: { … }`, also where one is only sometimes there. */
function fieldsWritten(): string[] {
  const blocks = [...server.matchAll(/\bdetail: (\{(?:[^{}]|\{[^{}]*\})*\})/g)].map(
    ([, block = '']) => block,
  );
  expect(blocks.length).toBeGreaterThan(9);
  return blocks.flatMap((block) =>
    [...block.matchAll(/[{,]\s*(\w+)\s*(?=[:,}])/g)].map(([, field = '']) => field),
  );
}

test('every action has its sentence', () => {
  expect(union('AuditAction').filter((action) => !SENTENCES[action])).toEqual([]);
});

test('every field that the server writes has a name for people', () => {
  const fields = [...new Set([...fieldsWritten(), 'team', 'role', 'name'])];
  expect(fields).toEqual(expect.arrayContaining(['way', 'reason', 'signingKey', 'leaves', 'contacts']));
  const raw = fields.filter((field) => detailsOf({ [field]: true })[0]?.startsWith(`${field}:`));
  expect(raw).toEqual([]);
});

test('every reason and way in has its words', () => {
  const reasons = [
    ...['EndReason', 'JoinProblem', 'CompanyProblem', 'SignInProblem'].flatMap(union),
    ...EraseReason.options,
  ];
  expect(reasons.filter((reason) => detailsOf({ reason })[0]?.endsWith(`: ${reason}`))).toEqual([]);
  const ways = [...server.matchAll(/\bway: '(\w+)'/g)].map(([, way = '']) => way);
  expect(new Set(ways)).toEqual(new Set(['invitation', 'company']));
  expect(detailsOf({ way: 'company' })).toEqual(['Way in: the company’s sign-in']);
});

test('a change is shown with what was before, and no limit as none', () => {
  expect(detailsOf({ roleBefore: 'member', role: 'lead' })).toEqual(['Role: member → lead']);
  expect(detailsOf({ idleMonths: 0 })[0]).toMatch(/: for ever$/);
  expect(detailsOf({ role: 'lead', leaves: true })).toEqual(['Role: lead', 'Left by themselves']);
  expect(detailsOf({ later: 3 }), 'of a newer server').toEqual(['later: 3']);
});
