import type { Actions } from '../../utils/actions.ts';
import { identifyContact } from '../../utils/commands.ts';
import type { Contact } from '../../utils/contract/contact.ts';
import { profileLink } from '../../utils/contract/profile-key.ts';
import { profilesOf, shownProfile } from '../../utils/contract/profiles.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Address } from '../address.tsx';
import { Link } from '../link.tsx';
import { Problem } from '../problem.tsx';
import { mayWrite } from '../records.ts';
import { Text } from '../text.tsx';
import { useSend } from '../use-send.ts';
import { Grounds } from './grounds.tsx';

interface ProfilesProps {
  view: View;
  contact: Contact;
  act: Actions;
}

/** Where else this person is. What a member has said can be taken back. */
export function Profiles({ view, contact, act }: ProfilesProps) {
  const { busy, problem, send } = useSend();
  const keys = profilesOf(contact);
  if (keys.length === 0) return null;
  const deny = (key: string) => act.write(identifyContact({ contactId: contact.id, key, theirs: false }));
  return (
    <section>
      <h2>{t('profiles')}</h2>
      <Problem words={problem} />
      <ul class="items">
        {keys.map((key) => (
          <li key={key} class="stranger">
            <span class="hit">
              <Link to={profileLink(key)} class="link">
                <Address value={shownProfile(key)} />
              </Link>
              {contact.provenance[key] && (
                <span class="faint">
                  <Text
                    k="confirmedBy"
                    with={[<Grounds key="g" view={view} from={contact.provenance[key]} />]}
                  />
                </span>
              )}
            </span>
            {contact.provenance[key]?.source === 'truce' && mayWrite(view) && (
              <button
                type="button"
                class="btn"
                disabled={busy}
                aria-label={t('notTheirsNamed', shownProfile(key))}
                onClick={() => send(() => deny(key))}
              >
                {t('notTheirs')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
