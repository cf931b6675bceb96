import { useState } from 'preact/hooks';
import type { Retention } from '../../utils/contract/privacy.ts';
import { t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';

interface RetentionFormProps {
  settings: Retention;
  /** Rejects with an Error whose message is for people. */
  onSave(settings: Retention): Promise<unknown>;
}

type Typed = Record<keyof Retention, string>;

const shown = (settings: Retention): Typed => ({
  historyMonths: settings.historyMonths?.toString() ?? '',
  idleMonths: settings.idleMonths?.toString() ?? '',
  auditMonths: settings.auditMonths.toString(),
  feedDays: settings.feedDays.toString(),
});

/** How long the server keeps things. What is empty is kept for ever, where that is allowed. */
export function RetentionForm({ settings, onSave }: RetentionFormProps) {
  const [typed, setTyped] = useState(() => shown(settings));
  const [saved, setSaved] = useState(false);
  const { busy, problem, send } = useSend();
  const historyMonths = read(typed.historyMonths, 1, 600);
  const idleMonths = read(typed.idleMonths, 1, 600);
  const auditMonths = read(typed.auditMonths, 1, 600) ?? undefined;
  const feedDays = read(typed.feedDays, 14, 3650) ?? undefined;
  const whole = historyMonths !== undefined && idleMonths !== undefined;
  const next = whole && auditMonths && feedDays && { historyMonths, idleMonths, auditMonths, feedDays };
  const put = (patch: Partial<Typed>) => {
    setSaved(false);
    setTyped({ ...typed, ...patch });
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (next && (await send(() => onSave(next)))) setSaved(true);
  };
  return (
    <form class="form" onSubmit={save}>
      <Field
        label={t('keepHistory')}
        hint={t('keepForEver')}
        value={typed.historyMonths}
        problem={historyMonths === undefined ? t('wholeMonths') : undefined}
        onInput={(value) => put({ historyMonths: value })}
      />
      <Field
        label={t('keepIdle')}
        hint={t('keepIdleHint')}
        value={typed.idleMonths}
        problem={idleMonths === undefined ? t('wholeMonths') : undefined}
        onInput={(value) => put({ idleMonths: value })}
      />
      <Field
        label={t('keepAudit')}
        value={typed.auditMonths}
        problem={auditMonths === undefined ? t('wholeMonths') : undefined}
        onInput={(value) => put({ auditMonths: value })}
      />
      <Field
        label={t('keepFeed')}
        hint={t('keepFeedHint')}
        value={typed.feedDays}
        problem={feedDays === undefined ? t('wholeDays') : undefined}
        onInput={(value) => put({ feedDays: value })}
      />
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || !next}>
          {t('save')}
        </button>
        <p role="status">{saved && t('retentionSaved')}</p>
      </div>
    </form>
  );
}

/** A whole number; `null` when nothing was typed, undefined when it is none. */
function read(typed: string, least: number, most: number): number | null | undefined {
  if (typed.trim() === '') return null;
  const value = Number(typed);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}
