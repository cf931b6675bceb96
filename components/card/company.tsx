import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import type { Company as CompanyRecord } from '../../utils/contract/company.ts';
import type { CompanyAnswer } from '../../utils/contract/routes.ts';
import { plural, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { HitList } from '../hit-list.tsx';
import { Link } from '../link.tsx';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';

interface CompanyProps {
  view: View;
  company: CompanyRecord;
  /** Left out of the list of its people. */
  contactId: string;
  act: Actions;
  onShow(contactId: string): void;
}

/** The company, and on asking who else is known there. */
export function Company({ view, company, contactId, act, onShow }: CompanyProps) {
  const [answer, setAnswer] = useState<CompanyAnswer>();
  const [open, setOpen] = useState(false);
  const { busy, problem, send } = useSend();
  const toggle = async () => {
    setOpen(!open);
    if (!open) {
      await send(async () => {
        const found = await act.company(company.id);
        if (!found) throw new Error(t('companyOutOfReach'));
        setAnswer(found);
      });
    }
  };
  const others = answer?.people.filter((hit) => hit.id !== contactId) ?? [];
  return (
    <section>
      <h2>
        {t('company')}
        <button type="button" class="more" aria-expanded={open} onClick={toggle}>
          {open ? t('less') : t('othersThere')}
        </button>
      </h2>
      <p dir="auto">{company.name}</p>
      {(company.industry || company.size) && (
        <p class="quiet" dir="auto">
          {[company.industry, company.size && t('people', company.size)].filter(Boolean).join(', ')}
        </p>
      )}
      {company.website && (
        <p>
          <Link class="link" to={company.website}>
            <bdi>{company.domains[0] ?? company.website}</bdi>
          </Link>
        </p>
      )}
      {open && busy && <p class="quiet">{t('fetching')}</p>}
      {open && <Problem words={problem} />}
      {open && answer && others.length === 0 && <p class="quiet">{t('nobodyElse')}</p>}
      {open && <HitList view={view} hits={others} onPick={onShow} />}
      {open && answer && answer.total > answer.people.length && (
        <p class="quiet">{plural('moreThere', answer.total - answer.people.length)}</p>
      )}
    </section>
  );
}
