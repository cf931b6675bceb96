import type { Actions } from '../../utils/actions.ts';
import { type Unmet, unmetBy } from '../../utils/agreement/readiness.ts';
import { offerHandover } from '../../utils/commands.ts';
import type { Card } from '../../utils/contract/card.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Area } from '../area.tsx';
import { sellersOf } from '../handover.ts';
import { needLabel } from '../needs.ts';
import { Problem } from '../problem.tsx';
import { definitionOf, holderName, stageOf } from '../records.ts';
import { useDraft } from '../use-draft.ts';
import { useFocus } from '../use-focus.ts';
import { useSend } from '../use-send.ts';

interface OfferFormProps {
  view: View;
  act: Actions;
  contactId: string;
  card: Card;
  onDirty(dirty: boolean): void;
  onClose(): void;
}

export const offerDraft = (contactId: string): string => `handover:${contactId}`;

/** Hands a lead to somebody of sales, as a rule to whose contact it is. Who lacks something is handed over with a word on why. */
export function OfferForm({ view, act, contactId, card, onDirty, onClose }: OfferFormProps) {
  const sellers = sellersOf(view);
  const owner = sellers.find(({ id }) => id === card.contact.ownerId);
  const start = { toId: owner?.id ?? (sellers.length === 1 ? sellers[0]?.id : undefined) ?? '', words: '' };
  const { fields, set, once, clear } = useDraft(offerDraft(contactId), start, act);
  const { busy, problem, send } = useSend();
  const first = useFocus<HTMLSelectElement>();
  const unmet = view.agreement && unmetBy(card.contact, view.agreement);
  const words = fields.words.trim();
  const blocked = busy || fields.toId === '' || (unmet !== undefined && words === '');
  const close = () => {
    clear();
    onClose();
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (blocked) return;
    const said = { ...(words && { words }), ...(unmet && { evenSo: true }) };
    const command = once(offerHandover({ contactId, toId: fields.toId, ...said }));
    if (await send(() => act.write(command, offerDraft(contactId)))) close();
  };
  return (
    <form
      class="form"
      onSubmit={save}
      onInput={() => onDirty(true)}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <label>
        {t('handOverTo')}
        <select
          ref={first}
          required
          value={fields.toId}
          onChange={(event) => set({ toId: event.currentTarget.value })}
        >
          <option value="">{t('chooseSomebody')}</option>
          {sellers.map((member) => (
            <option key={member.id} value={member.id}>
              {holderName(member)}
            </option>
          ))}
        </select>
      </label>
      {unmet && <p class="lacks">{unmetWords(view, unmet)}</p>}
      <Area
        label={t(unmet ? 'handOverEvenSo' : 'handOverWords')}
        hint={t('handOverHint')}
        value={fields.words}
        maxLength={500}
        onInput={(words) => set({ words })}
      />
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={blocked}>
          {t('giveLead')}
        </button>
        <button type="button" class="btn" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** What the agreement asks for, and this contact lacks. */
function unmetWords(view: View, { stage, leadType, needs }: Unmet): string {
  const criteria = view.agreement?.criteria;
  const list = (labels: (string | undefined)[]) => labels.filter((label) => label !== undefined).join(', ');
  const said = [
    stage && t('unmetStage', list(criteria?.stageIds.map((id) => stageOf(view, id)?.label) ?? [])),
    leadType && t('unmetType', list(criteria?.leadTypeIds.map((id) => definitionOf(view, id)?.label) ?? [])),
    needs.length > 0 && t('stillToFindOut', needs.map(needLabel).join(', ')),
  ];
  return said.filter((one) => typeof one === 'string').join(' ');
}
