import { findPostgres, startPostgres } from '../postgres.ts';
import type { Settings } from '../settings.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { listWorkspaces } from '../store/workspace.ts';
import { ImportRefusal } from './refusal.ts';

export interface Connected {
  db: Database;
  url: string;
  close(): Promise<void>;
}

/**
 * The server's database: `DATABASE_URL`, or the PostgreSQL that a running server keeps on the data folder, or
 * one started for as long as the import takes. A database of a running server is up to date already.
 */
export async function connect(settings: Settings): Promise<Connected> {
  const running = settings.databaseUrl ?? (await findPostgres(settings.folder));
  const own = running === undefined ? await startPostgres({ folder: settings.folder }) : undefined;
  const url = running ?? own?.url ?? '';
  try {
    await migrate(url);
    const db = openDatabase(url, 4);
    return {
      db,
      url,
      async close() {
        await db.close();
        await own?.stop();
      },
    };
  } catch (error) {
    await own?.stop();
    throw error;
  }
}

/** The workspace that is meant. @throws ImportRefusal with the list when that is not clear */
export async function chooseWorkspace(url: string, wanted: string | undefined): Promise<string> {
  const all = await listWorkspaces(url);
  const list = all.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
  if (wanted !== undefined) {
    if (all.some(({ id }) => id === wanted)) return wanted;
    throw new ImportRefusal(`There is no workspace ${wanted}. There are:\n${list || '  none'}`);
  }
  const [only, ...more] = all;
  if (only === undefined)
    throw new ImportRefusal('There is no team yet. Start the server once (npm run server); it makes one.');
  if (more.length > 0)
    throw new ImportRefusal(`There are several workspaces. Name one with --workspace:\n${list}`);
  return only.id;
}
