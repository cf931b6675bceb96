import type { CompanySettings } from '../../server/sign-in/company-settings.ts';
import type { Running } from '../../server/start.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { createBrowser, createExtension, hiddenFields, type Page } from './provider-client.ts';
import { listen } from './sign-in-rig.ts';

/** A server where people come in by their company, with two teams: the company's domain joins one of them. */
export class CompanyRig {
  readonly database: TestDatabase;
  readonly server: Running;
  readonly issuer: Issuer;
  /** Ids of the teams; `acme` is the one that acme.example joins. */
  readonly acme: string;
  readonly other: string;

  private constructor(parts: Pick<CompanyRig, 'database' | 'server' | 'issuer' | 'acme' | 'other'>) {
    this.database = parts.database;
    this.server = parts.server;
    this.issuer = parts.issuer;
    this.acme = parts.acme;
    this.other = parts.other;
  }

  static async start(): Promise<CompanyRig> {
    const database = await createTestDatabase();
    let url = '';
    const issuer = await startIssuer(() => `${url}/sign-in/callback`);
    const server = await listen(database.url, { company: companyAt(issuer.url) });
    url = server.url;
    const acme = await createWorkspace(database.db, 'Acme');
    const other = await createWorkspace(database.db, 'Other');
    await database.asOwner(`update workspace set join_domains = '{acme.example}' where workspace_id = $1`, [
      acme,
    ]);
    return new CompanyRig({ database, server, issuer, acme, other });
  }

  /** @returns the member's id */
  addMember(workspaceId: string, name: string, email: string): Promise<string> {
    return inWorkspace(this.database.db, workspaceId, async (trx) => {
      const id = crypto.randomUUID();
      await createMember(trx, workspaceId, { id, name, team: 'sales', role: 'lead', email });
      return id;
    });
  }

  /** A browser at the first page of a sign-in; `company` goes on to the issuer and comes back. */
  async begin(at: Pick<Running, 'url'> = this.server) {
    const browser = createBrowser();
    const extension = await createExtension(at.url);
    const page = await browser.open(await extension.authorizeUrl());
    return { browser, extension, page, company: () => browser.open(`${page.url}/company`) };
  }

  audit(workspaceId: string): Promise<{ action: string; detail: Record<string, unknown> }[]> {
    return this.database.asOwner('select action, detail from audit where workspace_id = $1 order by at, id', [
      workspaceId,
    ]);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.issuer.close();
    await this.database.drop();
  }
}

export const companyAt = (issuer: string): CompanySettings => ({
  ...{ issuer, clientId: 'truce', clientSecret: 'hush', domains: ['acme.example'], trustEmail: false },
});

/** Presses the one button, with what the person chooses. */
export const press = (
  browser: ReturnType<typeof createBrowser>,
  page: Page,
  form: Record<string, string> = {},
) => browser.open(page.url, { form: { ...hiddenFields(page), ...form } });
