import { useLayoutEffect, useRef } from 'preact/hooks';
import { plural, t } from '../../utils/i18n.ts';
import { personOf, type Target, targetFor } from '../../utils/selection.ts';
import { isGuess, type View } from '../../utils/view.ts';
import { Face } from '../face.tsx';
import { nameOf } from '../records.ts';

interface PeopleTabsProps {
  view: View;
  target: Target;
  onPick(target: Target): void;
}

const tabId = (index: number) => `tab-${index}`;

function tabsOf(view: View): Target[] {
  const known: Target[] = view.people.map(targetFor);
  if (view.strangers.length === 0) return known;
  // Whoever wrote the open mail comes first, also when nobody knows them.
  const first = view.strangers.some(({ focus }) => focus) && !view.people.some(({ focus }) => focus);
  return first ? ['strangers', ...known] : [...known, 'strangers'];
}

function chosenIn(view: View, target: Target): number {
  const tabs = tabsOf(view);
  if (target === 'strangers') return tabs.indexOf('strangers');
  const person = personOf(view, target);
  return person ? view.people.indexOf(person) + (tabs[0] === 'strangers' ? 1 : 0) : -1;
}

/** Id of the tab that labels what is shown; undefined when that is no longer of this page. */
export function labelledBy(view: View, target: Target): string | undefined {
  const chosen = chosenIn(view, target);
  return chosen < 0 ? undefined : tabId(chosen);
}

/** The people of this conversation, the one in focus first; arrow keys go from one to the next. */
export function PeopleTabs({ view, target, onPick }: PeopleTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const tabs = tabsOf(view);
  const chosen = chosenIn(view, target);
  // Never out of sight: people may have come and gone before the one chosen.
  useLayoutEffect(() => {
    const tab = list.current?.children[chosen];
    tab?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [chosen, tabs.length]);
  const onKeyDown = (event: KeyboardEvent) => {
    const forward = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = document.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const to = { [forward]: chosen + 1, [back]: chosen - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = (to + tabs.length) % tabs.length;
    onPick(tabs[index]);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };
  return (
    <div class="people" role="tablist" aria-label={t('inThisConversation')} ref={list} onKeyDown={onKeyDown}>
      {tabs.map((tab, index) => (
        <button
          key={keyOf(view, tab)}
          type="button"
          id={tabId(index)}
          class={tab === 'strangers' ? 'person faint' : 'person'}
          role="tab"
          aria-selected={index === chosen}
          tabIndex={index === Math.max(chosen, 0) ? 0 : -1}
          onClick={() => onPick(tab)}
        >
          <TabLabel view={view} tab={tab} />
        </button>
      ))}
    </div>
  );
}

/** Stays the same while a contact's id becomes known, so that the focus does. */
function keyOf(view: View, tab: Target): string {
  const person = personOf(view, tab);
  if (!person) return 'strangers';
  return person.by === 'hand' ? person.contactId : `${person.by} ${person.matched}`;
}

function TabLabel({ view, tab }: { view: View; tab: Target }) {
  const person = personOf(view, tab);
  if (!person) return <>{plural('notKnown', view.strangers.length + view.more.strangers)}</>;
  return (
    <>
      <Face name={nameOf(person)} known={!isGuess(person)} />
      <span class="name" dir="auto">
        {nameOf(person)}
      </span>
    </>
  );
}
