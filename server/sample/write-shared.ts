import { normalName } from '../../utils/contract/match-key.ts';
import type { Trx } from '../store/database.ts';
import { campaignsAt } from './campaigns.ts';
import type { Clock } from './clock.ts';
import { COMPANIES } from './companies.ts';
import { sampleId, seeded } from './random.ts';
import { hubspotId, SOURCES, salesforceId } from './records.ts';
import { TEAM } from './team.ts';

export const companyId = (domain: string): string => sampleId(`company ${domain}`);

/** @returns ids of the campaigns */
export async function writeCampaigns(trx: Trx, workspaceId: string, clock: Clock): Promise<string[]> {
  const campaigns = campaignsAt(clock);
  await trx
    .insertInto('campaign')
    .values(
      campaigns.map(({ ownerId, plannedAt, sentAt, subject, excerpt, link, audience, ...rest }) => ({
        workspace_id: workspaceId,
        ...rest,
        subject: subject ?? null,
        excerpt: excerpt ?? null,
        link: link ?? null,
        audience: audience ?? null,
        owner_id: ownerId ?? null,
        planned_at: plannedAt ?? null,
        sent_at: sentAt ?? null,
        external_id: null,
        created_by: ownerId ?? null,
      })),
    )
    .execute();
  return campaigns.map((campaign) => campaign.id);
}

/** @returns ids of the companies */
export async function writeCompanies(trx: Trx, workspaceId: string, clock: Clock): Promise<string[]> {
  const base = { workspace_id: workspaceId, created_by: null, created_at: clock.at(178) };
  await trx
    .insertInto('source')
    .values(SOURCES.map((source) => ({ workspace_id: workspaceId, ...source })))
    .execute();
  await trx
    .insertInto('company')
    .values(
      COMPANIES.map(({ name, domain, industry, size, owner }) => ({
        ...base,
        id: companyId(domain),
        name,
        normal: normalName(name),
        industry,
        size,
        website: `https://www.${domain}/`,
        owner_id: TEAM[owner].id,
        source: 'hubspot' as const,
      })),
    )
    .execute();
  await trx
    .insertInto('company_domain')
    .values(
      COMPANIES.flatMap(({ domain }) =>
        [domain, ...(domain === 'corp.example' ? ['hr.corp.example'] : [])].map((one, position) => ({
          ...base,
          company_id: companyId(domain),
          domain: one,
          position,
          source: 'hubspot' as const,
        })),
      ),
    )
    .execute();
  await trx
    .insertInto('company_record')
    .values(
      COMPANIES.flatMap(({ domain, arc }) => {
        const random = seeded(`records ${domain}`);
        const record = { ...base, company_id: companyId(domain), url: null };
        const hubspot = { ...record, source: 'hubspot' as const, value: hubspotId(random) };
        const known = arc !== 'new' && arc !== 'nurture';
        return known
          ? [hubspot, { ...record, source: 'salesforce' as const, value: salesforceId(random, '001') }]
          : [hubspot];
      }),
    )
    .execute();
  return COMPANIES.map(({ domain }) => companyId(domain));
}
