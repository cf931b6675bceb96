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

/** Somebody who may be known: one click makes the profile theirs, for the whole team; another has it not guessed again. */
export function Suggestion({ view, person, act }: SuggestionProps) {
  const { busy, problem, send } = useSend();
  const { contactId, by, matched, confirm = [], marks = [], card } = person;
  const name = <bdi key="n">{nameOf(person)}</bdi>;
  const [profile] = confirm;
  const shown = profile === undefined ? undefined : shownProfile(profile);
  // Two people may have one name; one person seldom has two profiles on one network.
  const network = shown?.replace(/\/.*/s, '');
  const other = card && profilesOf(card.contact).find((key) => shownProfile(key).startsWith(`${network}/`));
  const claimed = <Address key="c" value={matched} />;
  const yes = async () => {
    for (const key of confirm) await act.write(identifyContact({ contactId, key, theirs: true }));
  };
  return (
    <div class="alert guess">
      <p>
        {shown === undefined ? (
          <strong>{t('suggestion')}</strong>
        ) : (
          <strong>
            <Text k="probably" with={[name]} />
          </strong>
        )}{' '}
        {by === 'claim' ? <Text k="claimed" with={[claimed]} /> : shown === undefined && t('suggestionMore')}{' '}
        {shown !== undefined && (
          <Text
            k={by === 'claim' ? 'claimedTheirs' : 'probablyMore'}
            with={[<Address key="p" value={shown} />]}
          />
        )}
      </p>
      {other && (
        <p>
          <Text k="otherProfile" with={[<Address key="p" value={shownProfile(other)} />]} />
        </p>
      )}
      <Problem words={problem} />
      <div class="do">
        {shown !== undefined && mayWrite(view) && (
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
          onClick={() => send(() => act.deny(contactId, marks))}
        >
          {t(shown === undefined ? 'notThemAtAll' : 'notThem')}
        </button>
      </div>
    </div>
  );
}
