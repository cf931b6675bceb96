import { useState } from 'preact/hooks';
import type { AuditRow } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { Problem } from '../problem.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useSend } from '../use-send.ts';
import type { TeamActs } from './acts.ts';
import { detailsOf, SENTENCES } from './audit-words.ts';

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
