import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import type { Contact, Said } from '../../utils/contract/contact.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Icon } from '../icon.tsx';
import { CONSENT } from '../permission.ts';
import { mayWrite } from '../records.ts';
import { isTyped } from '../use-draft.ts';
import { useReturn } from '../use-return.ts';
import { Grounds } from './grounds.tsx';
import { PermissionForm, permissionDraft } from './permission-form.tsx';

interface PermissionBoxProps {
  view: View;
  contact: Contact;
  act: Actions;
  onDirty(dirty: boolean): void;
}

/** Whether they may be contacted, who says so since when, and what was said before. */
export function PermissionBox({ view, contact, act, onDirty }: PermissionBoxProps) {
  const [editing, edit] = useState(() => isTyped(permissionDraft(contact)));
  const opener = useReturn(editing);
  const { consent, doNotContact } = contact.provenance;
  const earlier = [...(consent?.before ?? []), ...(doNotContact?.before ?? [])].toSorted(
    (a, b) => Date.parse(b.at) - Date.parse(a.at),
  );
  if (editing && mayWrite(view)) {
    const close = () => {
      onDirty(false);
      edit(false);
    };
    return (
      <section>
        <h2>{t('permission')}</h2>
        <PermissionForm contact={contact} act={act} onDirty={onDirty} onClose={close} />
      </section>
    );
  }
  return (
    <section>
      <h2>
        {t('permission')}
        {mayWrite(view) && (
          <button
            ref={opener}
            type="button"
            class="more"
            aria-label={t('changePermission')}
            onClick={() => edit(true)}
          >
            <Icon name="edit" />
          </button>
        )}
      </h2>
      <p>{contact.doNotContact ? t('barredYes') : t('barredNo')}</p>
      {doNotContact && (
        <p class="quiet">
          <Grounds view={view} from={doNotContact} />
        </p>
      )}
      <p>{t(CONSENT[contact.consent ?? 'unknown'])}</p>
      {consent && (
        <p class="quiet">
          <Grounds view={view} from={consent} />
        </p>
      )}
      {earlier.length > 0 && (
        <details class="more">
          <summary>{t('saidBefore')}</summary>
          {earlier.map((said) => (
            <p key={`${said.at} ${said.value}`}>
              {wordsOf(said)} <Grounds view={view} from={said} />
            </p>
          ))}
        </details>
      )}
    </section>
  );
}

function wordsOf({ value }: Said): string {
  if (typeof value === 'boolean') return t(value ? 'barredYes' : 'barredNo');
  return t(CONSENT[value ?? 'unknown']);
}
