import type { StaleRecipe } from '../../utils/contract/recipes.ts';
import { plural, t } from '../../utils/i18n.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';

/** What browsers say of sites whose recipe no longer fits: which one, in which version. */
export function StaleRecipes({ recipes }: { recipes: StaleRecipe[] }) {
  return (
    <section>
      <h2>{t('staleRecipes')}</h2>
      <ul class="items entries">
        {recipes.map(({ id, version, since, reports }) => (
          <li key={`${id} ${version}`}>
            <span>
              <Text
                k="staleRecipe"
                with={[<bdi key="i">{id}</bdi>, version, <Time key="t" at={since} as="past" />]}
              />
              <span class="detail quiet">{plural('staleReports', reports)}</span>
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">{t('staleMend')}</p>
    </section>
  );
}
