import { useEffect, useState } from 'preact/hooks';
import { wordsOf } from '../../utils/actions.ts';
import type { Retention } from '../../utils/contract/privacy.ts';
import { t } from '../../utils/i18n.ts';
import { Problem } from '../problem.tsx';
import type { TeamActs } from './acts.ts';
import { LiftForm } from './lift-form.tsx';
import { RetentionForm } from './retention-form.tsx';

/** For how long the server keeps things, and whom it keeps out. */
export function Keeping({ act }: { act: TeamActs }) {
  const [settings, setSettings] = useState<Retention>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    act.retention().then(setSettings, (error: unknown) => setProblem(wordsOf(error)));
  }, []);
  return (
    <>
      <section>
        <h2>{t('keeping')}</h2>
        <Problem words={problem} />
        {settings && <RetentionForm settings={settings} onSave={act.keep} />}
      </section>
      <section>
        <h2>{t('keptOut')}</h2>
        <LiftForm onLift={act.lift} />
      </section>
    </>
  );
}
