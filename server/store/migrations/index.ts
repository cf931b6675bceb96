import type { Migration } from 'kysely/migration';
import * as start from './0001-start.ts';
import * as imports from './0002-import.ts';
import * as accounts from './0003-accounts.ts';
import * as privacy from './0004-privacy.ts';
import * as refresh from './0005-refresh.ts';
import * as standing from './0006-standing.ts';
import * as auditStands from './0007-audit-stands.ts';
import * as tagLog from './0008-tag-log.ts';
import * as mine from './0009-mine.ts';
import * as recipeStale from './0010-recipe-stale.ts';
import * as recipeReports from './0011-recipe-reports.ts';
import * as definitions from './0012-definitions.ts';
import * as handover from './0013-handover.ts';
import * as collisions from './0014-collisions.ts';

/** Numbered and append-only: a migration that has shipped is never changed, only followed by another. */
export const migrations: Record<string, Migration> = {
  '0001-start': start,
  '0002-import': imports,
  '0003-accounts': accounts,
  '0004-privacy': privacy,
  '0005-refresh': refresh,
  '0006-standing': standing,
  '0007-audit-stands': auditStands,
  '0008-tag-log': tagLog,
  '0009-mine': mine,
  '0010-recipe-stale': recipeStale,
  '0011-recipe-reports': recipeReports,
  '0012-definitions': definitions,
  '0013-handover': handover,
  '0014-collisions': collisions,
};
