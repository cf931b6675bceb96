import { describe, expect, it } from 'vitest';
import { decide } from '../../../server/import/batch/claim.ts';
import { guessDomain } from '../../../server/import/batch/company.ts';
import { longId } from '../../../server/import/salesforce-id.ts';
import { Team } from '../../../server/import/team.ts';
import { findOrder, readTime } from '../../../server/import/times.ts';
import { readConsent, readState, stageWords } from '../../../server/import/words.ts';

describe('times', () => {
  it.each([
    ['2026-03-04', 'mdy', '2026-03-04T00:00:00.000Z'],
    ['2026-03-04 09:14', 'mdy', '2026-03-04T09:14:00.000Z'],
    ['2026-03-04T09:14:05+02:00', 'mdy', '2026-03-04T07:14:05.000Z'],
    ['3/4/2026 2:30 PM', 'mdy', '2026-03-04T14:30:00.000Z'],
    ['3/4/2026, 12:30 AM', 'mdy', '2026-03-04T00:30:00.000Z'],
    ['04/03/2026 14:30', 'dmy', '2026-03-04T14:30:00.000Z'],
    ['4.3.2026', 'mdy', '2026-03-04T00:00:00.000Z'],
    ['Mar 4, 2026', 'mdy', '2026-03-04T00:00:00.000Z'],
    ['4 March 2026 08:00', 'mdy', '2026-03-04T08:00:00.000Z'],
  ] as const)('reads %s', (text, order, wanted) => {
    expect(readTime(text, order)?.toISOString()).toBe(wanted);
  });

  it('takes nothing else for a time', () => {
    for (const text of ['31/02/2026', '2026-13-01', 'soon', '', '12', '1/2/2026 25:00']) {
      expect(readTime(text, 'dmy')).toBeUndefined();
    }
  });

  it('tells day from month where it can', () => {
    expect(findOrder(['1/2/2026', '13/2/2026'])).toBe('dmy');
    expect(findOrder(['1/2/2026', '1/13/2026'])).toBe('mdy');
    expect(findOrder(['1/2/2026', '2026-01-13', '13.1.2026'])).toBeUndefined();
  });
});

describe('whose value stays', () => {
  const from = { source: 'truce', at: '2026-05-01T00:00:00Z' } as const;
  const claim = (at: string, exact = true) => ({ source: 'hubspot', at, exact }) as const;
  it('is the newer one’s', () => {
    expect(decide('a', from, 'b', claim('2026-04-01T00:00:00Z'))).toBe('keep');
    expect(decide('a', from, 'b', claim('2026-06-01T00:00:00Z'))).toBe('set');
    expect(decide<string | null>(null, undefined, 'b', claim('2026-06-01T00:00:00Z'))).toBe('set');
  });
  it('is the first one’s when both are as old', () => {
    expect(decide('a', from, 'b', claim(from.at))).toBe('keep');
  });
  it('is confirmed by a row’s own later time, not by a file’s', () => {
    expect(decide('a', from, 'a', claim('2026-06-01T00:00:00Z'))).toBe('confirm');
    expect(decide('a', from, 'a', claim('2026-06-01T00:00:00Z', false))).toBe('keep');
  });
});

describe('words', () => {
  it('of vendors for stages, consent and campaign states', () => {
    expect(stageWords('Marketing Qualified Lead')).toContain('marketing qualified');
    expect([readConsent('Subscribed'), readConsent('No consent'), readConsent('maybe')]).toEqual([
      'granted',
      'unknown',
      undefined,
    ]);
    expect(['Sent', 'Responded', 'Opened Email', 'Not responded', 'Unsubscribed'].map(readState)).toEqual([
      'sent',
      'replied',
      'opened',
      'sent',
      'unsubscribed',
    ]);
  });

  it('name members by address or name, and tell who is unknown once', () => {
    const team = new Team(
      [
        { id: '1', name: 'Rita Rep', email: 'rita@team.example' },
        { id: '2', name: 'Jo Lee', email: null },
        { id: '3', name: 'Jo Lee', email: null },
      ],
      [{ id: 's', label: 'Sales qualified' }],
    );
    expect(
      ['RITA rep', 'Rita Rep (rita@team.example)', 'rita@TEAM.example', 'Jo Lee', 'Jo Lee'].map((name) =>
        team.owner(name, 7),
      ),
    ).toEqual(['1', '1', '1', undefined, undefined]);
    expect(team.stage('SQL', 3)).toBe('s');
    expect([...team.unknown.values()]).toEqual([{ what: 'owner', value: 'Jo Lee', line: 7, times: 2 }]);
  });

  it('of Salesforce’s short ids', () => {
    expect(longId('001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
    expect(longId('001D000000IqhSLIAZ')).toBe('001D000000IqhSLIAZ');
  });

  it('tell a company’s domain only when it is plainly its own', () => {
    const domain = (email: string, name: string) =>
      guessDomain({ line: 1, emails: [email], phones: [], company: { name } });
    expect(domain('ann@acme.example', 'Acme Logistics')).toBe('acme.example');
    expect(domain('ann@gmail.com', 'Gmail Fans')).toBeUndefined();
    expect(domain('ann@consulting.example', 'Acme Logistics')).toBeUndefined();
  });
});
