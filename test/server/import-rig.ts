import { copyFile, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { type Mapping, parseMapping } from '../../server/import/mapping.ts';
import { prepare } from '../../server/import/prepare.ts';
import { type Outcome, runImport } from '../../server/import/run.ts';
import { commitChanges } from '../../server/store/change.ts';
import { type Database, inWorkspace } from '../../server/store/database.ts';
import { createDefinition } from '../../server/store/definition.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { Card } from '../../utils/contract/card.ts';
import { Company } from '../../utils/contract/company.ts';
import { FIXTURES } from '../unit/import/folder.ts';

export const LABELS = [
  'Subscriber',
  'Lead',
  'Marketing qualified',
  'Sales qualified',
  'Opportunity',
  'Customer',
];

/** What an import says of its rows, without where and how long. */
export const counts = ({ read, added, changed, unchanged, refused }: Outcome) => ({
  read,
  added,
  changed,
  unchanged,
  refused,
});

/** A workspace with one member and the usual stages, and a folder for files. */
export async function createImportRig(db: Database) {
  const folder = await mkdtemp(join(tmpdir(), 'truce-import-'));
  const workspaceId = await createWorkspace(db, 'Import');
  const rita = uuid();
  const stages = new Map(LABELS.map((label) => [label, uuid()]));
  await inWorkspace(db, workspaceId, async (trx) => {
    await createMember(trx, workspaceId, {
      id: rita,
      name: 'Rita Rep',
      team: 'sales',
      role: 'member',
      email: 'rita@team.example',
    });
    for (const [place, label] of LABELS.entries())
      await createDefinition(trx, workspaceId, {
        id: stages.get(label) ?? '',
        label,
        order: place + 1,
        team: 'both',
        revision: 1,
      });
    await commitChanges(trx, workspaceId, [{ kind: 'member', id: rita }]);
  });
  const run = async (path: string, mapping?: Mapping): Promise<Outcome> =>
    runImport(db, workspaceId, await prepare(path, async () => mapping && { mapping, name: 'test' }));
  return {
    workspaceId,
    rita,
    stages,
    run,
    /** A copy of a fixture in the folder, so that reports land there. */
    async fixture(name: string): Promise<string> {
      await copyFile(join(FIXTURES, name), join(folder, name));
      return join(folder, name);
    },
    /** @param at when the file was written */
    async write(name: string, text: string, at = new Date('2026-10-10T10:00:00Z')): Promise<string> {
      await writeFile(join(folder, name), text);
      await utimes(join(folder, name), at, at);
      return join(folder, name);
    },
    importFixture: async (name: string) => run(await copyTo(folder, name)),
    mapping: async (name: string) => parseMapping(await readFile(join(FIXTURES, name), 'utf8'), name),
    report: async (outcome: Outcome) =>
      outcome.report ? (await readFile(outcome.report, 'utf8')).trim().split('\r\n').slice(1) : [],
    /** Every card by the contact's first address or name, checked against the contract. */
    async cards(): Promise<Record<string, Card>> {
      const rows = await inWorkspace(db, workspaceId, (trx) =>
        trx.selectFrom('card').select('body').execute(),
      );
      const cards = rows.map(({ body }) => v.parse(Card, JSON.parse(body)));
      return Object.fromEntries(cards.map((card) => [card.contact.emails[0] ?? card.contact.name, card]));
    },
    async companies(): Promise<Company[]> {
      const rows = await inWorkspace(db, workspaceId, (trx) =>
        trx.selectFrom('company').select('body').orderBy('name').execute(),
      );
      return rows.map(({ body }) => v.parse(Company, JSON.parse(body)));
    },
    async version(): Promise<number> {
      const rows = await inWorkspace(db, workspaceId, (trx) =>
        trx.selectFrom('workspace').select('version').execute(),
      );
      return rows[0]?.version ?? -1;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function copyTo(folder: string, name: string): Promise<string> {
  await copyFile(join(FIXTURES, name), join(folder, name));
  return join(folder, name);
}

/** Rows as HubSpot writes them; every tenth company has ten people. */
export function hubspotRows(count: number, from = 0): string {
  const head =
    'Record ID,First Name,Last Name,Email,Job Title,Company Name,Contact owner,Lifecycle Stage,Create Date,Last Modified Date,Last Activity Date';
  const rows = Array.from({ length: count }, (_, place) => {
    const n = from + place;
    const company = Math.floor(n / 10);
    return `${n + 1},Given${n % 97},Family${n},p${n}@firm${company}.example,"Head, Planning",Firm${company} Ltd,Rita Rep,${LABELS[n % 6]},2026-01-02 09:10,2026-09-${10 + (n % 19)} 10:00,${n % 2 ? '2026-08-06 12:00' : ''}`;
  });
  return `${[head, ...rows].join('\n')}\n`;
}
