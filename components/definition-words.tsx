import type { Team as TeamId } from '../utils/contract/base.ts';
import type { Contact } from '../utils/contract/contact.ts';
import type { Definition } from '../utils/contract/definition.ts';
import { SIDES } from '../utils/contract/definition.ts';
import { isKnown } from '../utils/contract/needs.ts';
import { sidesOf } from '../utils/contract/proposal.ts';
import { t } from '../utils/i18n.ts';
import { needLabel } from './needs.ts';
import { Team } from './team.tsx';
import { Text } from './text.tsx';

export type Wording = Pick<
  Definition,
  'sales' | 'marketing' | 'definition' | 'entry' | 'exit' | 'needs' | 'team'
>;

interface DefinitionWordsProps {
  definition: Wording;
  /** Of whoever reads it: what their own side does comes first. */
  team: TeamId | undefined;
  /** Whose needs are ticked; without one they are only named. */
  contact?: Contact;
}

/** What a stage or type means, what each team does and does not do there, where it begins and ends, and what it takes. */
export function DefinitionWords({ definition, team, contact }: DefinitionWordsProps) {
  const { entry, exit, needs = [] } = definition;
  const [own] = team === undefined ? [] : sidesOf(team);
  const sides = own === 'marketing' ? SIDES.toReversed() : SIDES;
  return (
    <>
      {definition.definition && <p dir="auto">{definition.definition}</p>}
      {sides.map((side) => {
        const { does, doesNot } = definition[side] ?? {};
        const name = <Team key="t" team={side} />;
        return (
          <div key={side}>
            {does && (
              <p>
                <Text k="teamDoes" with={[name, <bdi key="w">{does}</bdi>]} />
              </p>
            )}
            {doesNot && (
              <p>
                <Text k="teamDoesNot" with={[name, <bdi key="w">{doesNot}</bdi>]} />
              </p>
            )}
          </div>
        );
      })}
      {entry && (
        <p>
          <bdi>{t('comesWhen', withoutDot(entry))}</bdi>
        </p>
      )}
      {exit && (
        <p>
          <bdi>{t('doneWhen', withoutDot(exit))}</bdi>
        </p>
      )}
      {needs.length > 0 && (
        <>
          <p>{t('needsKnown')}</p>
          <ul class={contact ? 'needs' : 'plain-list'}>
            {needs.map((field) => (
              <li key={field} class={contact && !isKnown(field, contact) ? 'lacks' : undefined}>
                {!contact && needLabel(field)}
                {contact && t(isKnown(field, contact) ? 'needKnown' : 'needMissing', needLabel(field))}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** The sentence it goes into has one. */
export const withoutDot = (words: string): string => words.replace(/\.$/, '');
