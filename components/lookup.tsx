import { useEffect, useRef, useState } from 'preact/hooks';
import { type Actions, type Found, wordsOf } from '../utils/actions.ts';
import { normalAddress } from '../utils/contract/match-key.ts';
import { plural, t } from '../utils/i18n.ts';
import type { View } from '../utils/view.ts';
import { HitList } from './hit-list.tsx';
import { Problem } from './problem.tsx';
import { useFocus } from './use-focus.ts';

/** Typing rests this long before the server is asked, ms. */
const REST = 250;

interface LookupProps {
  view: View;
  act: Actions;
  onPick(contactId: string): void;
  /** Offered when nobody is found. */
  onAdd?(q: string): void;
}

/**
 * What may be looked up so far. Half an address is nobody's name and might be a stranger's: it waits until it
 * is whole, and is then tested on this device.
 */
export function ready(q: string): boolean {
  const trimmed = q.trim();
  return trimmed.includes('@') ? normalAddress(trimmed) !== undefined : trimmed.length > 1;
}

/** Somebody by name, address or company. */
export function Lookup({ view, act, onPick, onAdd }: LookupProps) {
  const [q, setQ] = useState('');
  const [result, setResult] = useState<{ q: string; found?: Found; problem?: string }>();
  const last = useRef('');
  const field = useFocus<HTMLInputElement>();
  const asked = q.trim();
  useEffect(() => {
    last.current = asked;
    if (!ready(asked)) return;
    const timer = setTimeout(async () => {
      const answer = await act.search(asked).then(
        (found) => ({ found }),
        (error: unknown) => ({ problem: wordsOf(error) }),
      );
      if (last.current === asked) setResult({ q: asked, ...answer });
    }, REST);
    return () => clearTimeout(timer);
  }, [asked]);
  const found = ready(asked) ? result?.found : undefined;
  const nobody = found?.hits.length === 0 && result?.q === asked;
  return (
    <search class="lookup">
      <label>
        {t('lookUp')}
        <input
          ref={field}
          type="search"
          dir="auto"
          autocomplete="off"
          value={q}
          placeholder={t('lookUpBy')}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </label>
      <p class="quiet" role="status">
        {asked.includes('@') && !ready(asked) && t('wholeAddress')}
        {found && found.hits.length > 0 && plural('found', found.hits.length)}
        {nobody && t(found.local && !asked.includes('@') ? 'foundNobodyHere' : 'foundNobody')}
        {found && !nobody && found.local && !asked.includes('@') && ` ${t('foundLocally')}`}
      </p>
      <Problem words={ready(asked) ? result?.problem : undefined} />
      {found && <HitList view={view} hits={found.hits} onPick={onPick} />}
      {nobody && onAdd && (
        <button type="button" class="btn" onClick={() => onAdd(asked)}>
          {t('addThisPerson')}
        </button>
      )}
    </search>
  );
}
