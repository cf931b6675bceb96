import type { Actions } from '../../utils/actions.ts';
import { identifyContact } from '../../utils/commands.ts';
import { profilesOf, shownProfile } from '../../utils/contract/profiles.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { Address } from '../address.tsx';
import { Problem } from '../problem.tsx';
import { mayWrite, nameOf } from '../records.ts';
import { Text } from '../text.tsx';
import { useSend } from '../use-send.ts';

interface SuggestionProps {
  view: View;
  person: KnownPerson;
  act: Actions;
}

/** Somebody of this name at this company is known: one click makes the profile theirs, for the whole team. */
export function Suggestion({ view, person, act }: SuggestionProps) {
  const { busy, problem, send } = useSend();
  const { contactId, confirm, card } = person;
  const name = <bdi key="n">{nameOf(person)}</bdi>;
  if (confirm === undefined) {
    return (
      <div class="alert guess">
        <p>
          <strong>{t('suggestion')}</strong> {t('suggestionMore')}
        </p>
      </div>
    );
  }
  // Two people may have one name; one person seldom has two profiles on one network.
  const network = shownProfile(confirm).replace(/\/.*/s, '');
  const other = card && profilesOf(card.contact).find((key) => shownProfile(key).startsWith(`${network}/`));
  const yes = () => act.write(identifyContact({ contactId, key: confirm, theirs: true }));
  return (
    <div class="alert guess">
      <p>
        <strong>
          <Text k="probably" with={[name]} />
        </strong>{' '}
        <Text k="probablyMore" with={[<Address key="p" value={shownProfile(confirm)} />]} />
      </p>
      {other && (
        <p>
          <Text k="otherProfile" with={[<Address key="p" value={shownProfile(other)} />]} />
        </p>
      )}
      <Problem words={problem} />
      <div class="do">
        {mayWrite(view) && (
          <button type="button" class="btn" disabled={busy} onClick={() => send(yes)}>
            <span>
              <Text k="confirmThem" with={[name]} />
            </span>
          </button>
        )}
        <button
          type="button"
          class="btn"
          disabled={busy}
          onClick={() => send(() => act.deny(contactId, confirm))}
        >
          {t('notThem')}
        </button>
      </div>
    </div>
  );
}
