import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const code = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== join('store', 'audit.ts'))
  .map((file) => readFileSync(join('server', file), 'utf8'))
  .join('\n');
const type = /type AuditAction =([^;]+);/.exec(readFileSync('server/store/audit.ts', 'utf8'))?.[1] ?? '';
const actions = [...type.matchAll(/'([^']+)'/g)].map(([, action]) => action ?? '');

test('every action of the audit trail is written somewhere', () => {
  expect(actions.length).toBeGreaterThan(12);
  // At most a few words between the call and its action: who writes, where.
  const written = (action: string) =>
    new RegExp(`(?:writeAudit|audit)\\([^;]{0,80}?'${action.replaceAll('.', '\\.')}'`).test(code);
  expect(actions.filter((action) => !written(action))).toEqual([]);
});
