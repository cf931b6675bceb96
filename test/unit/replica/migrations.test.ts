import { expect, test } from 'vitest';
import { migrations } from '../../../utils/replica/migrations.ts';
import { OLD_COPIES } from '../../fixtures/old-copies.ts';

test('of every earlier version there is a copy, which test/e2e/life-migrations.test.ts brings up to date', () => {
  expect(OLD_COPIES).toHaveLength(migrations.length - 1);
});
