import { useState } from 'preact/hooks';
import { type Agreement, draftOfAgreement } from '../../utils/contract/agreement.ts';
import { mayPropose } from '../../utils/contract/proposal.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { memberOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { isTyped } from '../use-draft.ts';
import { useReturn } from '../use-return.ts';
import type { DeskActs } from './acts.ts';
import { AGREEMENT_FORM } from './agreement-fields.ts';
import { AgreementForm } from './agreement-form.tsx';
import { agreementDifferences } from './agreement-words.ts';

/** What the two teams owe each other when a lead is handed over, in words, and the form in which another is proposed. */
export function AgreementPart({ view, act }: { view: View; act: DeskActs }) {
  const [editing, edit] = useState(() => isTyped(AGREEMENT_FORM));
  const opener = useReturn(editing);
  const me = memberOf(view, view.connection.me);
  const { agreement } = view;
  return (
    <section aria-label={t('serviceAgreement')} id="agreement">
      <h2>{t('serviceAgreement')}</h2>
      {agreement ? (
        <>
          {agreement.since && (
            <p class="quiet">
              <Text k="agreementSince" with={[<Time key="s" at={agreement.since} as="past" />]} />
            </p>
          )}
          <Facts view={view} agreement={agreement} />
        </>
      ) : (
        <p>{t('noAgreement')}</p>
      )}
      {editing && <AgreementForm view={view} act={act} onClose={() => edit(false)} />}
      {!editing && me && mayPropose(me) && (
        <div class="do">
          <button ref={opener} type="button" class="btn" onClick={() => edit(true)}>
            {t(agreement ? 'proposeOther' : 'proposeAgreement')}
          </button>
        </div>
      )}
      {me && !mayPropose(me) && <p class="quiet">{t('leadsPropose')}</p>}
    </section>
  );
}

/** What it says, line by line. */
function Facts({ view, agreement }: { view: View; agreement: Agreement }) {
  return (
    <dl class="facts">
      {agreementDifferences(undefined, draftOfAgreement(agreement), view).map(({ name, after }) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>
            <bdi>{after}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
