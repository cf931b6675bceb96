import { useState } from 'preact/hooks';
import type { AuditRow } from '../../utils/contract/team.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { Problem } from '../problem.tsx';
import { ROLE_LABELS } from '../roles.ts';
import { TEAM_LABELS } from '../team.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useSend } from '../use-send.ts';
import type { TeamActs } from './acts.ts';

/** `$1` is who or what it was done to. Those of a newer server are shown by their own name. */
const SENTENCES: Record<string, MessageKey> = {
  'sign-in': 'didSignIn',
  'sign-in.refused': 'didSignInRefused',
  'browser.paired': 'didBrowserPaired',
  'browser.ended': 'didBrowserEnded',
  'invite.created': 'didInvite',
  'invite.withdrawn': 'didInviteWithdrawn',
  'member.joined': 'didJoin',
  'member.changed': 'didMemberChange',
  'member.removed': 'didMemberRemove',
  'workspace.changed': 'didSettings',
  'contact.exported': 'didExport',
  'contact.erased': 'didErase',
  'suppression.lifted': 'didLift',
  'retention.ran': 'didRetention',
  'secret.rotated': 'didRotate',
};

/** What was done, by whom, when; read when it is asked for. */
export function Audit({ act }: { act: TeamActs }) {
  const [rows, setRows] = useState<AuditRow[]>();
  const [more, setMore] = useState(true);
  const { busy, problem, send } = useSend();
  const read = () =>
    send(async () => {
      const page = await act.audit(rows?.at(-1)?.id);
      setRows([...(rows ?? []), ...page.rows]);
      setMore(page.more);
    });
  return (
    <section>
      <h2>{t('auditTrail')}</h2>
      <p class="quiet">{t('auditMore')}</p>
      {rows && (
        <ul class="items trail">
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {rows?.length === 0 && <p class="quiet">{t('auditEmpty')}</p>}
      <Problem words={problem} />
      {more && (
        <p>
          <button type="button" class="btn" disabled={busy} onClick={read}>
            {rows ? t('showMore') : t('showIt')}
          </button>
        </p>
      )}
    </section>
  );
}

const FIELDS: Record<string, MessageKey> = {
  name: 'fieldName',
  team: 'team',
  role: 'role',
  lockDays: 'lockDaysShort',
  joinDomains: 'joinDomainsShort',
};

type Value = AuditRow['detail'][string] | undefined;

function said(field: string, value: Value): string {
  const label =
    field === 'role' ? Object.entries(ROLE_LABELS) : field === 'team' ? Object.entries(TEAM_LABELS) : [];
  const key = label.find(([name]) => name === value)?.[1];
  return key ? t(key) : String(value ?? '');
}

/** `Role: member → lead`. */
function detailsOf(detail: AuditRow['detail']): string[] {
  return Object.entries(detail)
    .filter(([field]) => !(field.endsWith('Before') && field.slice(0, -6) in detail))
    .map(([field, value]) => {
      const key = FIELDS[field];
      const before = detail[`${field}Before`];
      const now = said(field, value);
      return `${key ? t(key) : field}: ${before === undefined ? now : `${said(field, before)} → ${now}`}`;
    });
}

function Row({ row }: { row: AuditRow }) {
  const { action, by, target, detail } = row;
  const sentence = SENTENCES[action];
  const what = [target?.name, target?.owner].filter(Boolean).join(', ') || t('somebody');
  return (
    <li>
      <p>{sentence ? <Text k={sentence} with={[<bdi key="w">{what}</bdi>]} /> : action}</p>
      <p class="faint">
        {by && (
          <>
            <bdi>{by}</bdi>
            {', '}
          </>
        )}
        <Time at={row.at} />
        {detailsOf(detail).map((words) => (
          <bdi key={words} class="detail">
            {words}
          </bdi>
        ))}
      </p>
    </li>
  );
}
