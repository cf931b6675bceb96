import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { MessageKey } from '../../utils/i18n.ts';

/** Somebody has this screen before them: it has the focus, or the pointer is over it. */
const isHere = (): boolean =>
  document.visibilityState === 'visible' &&
  (document.hasFocus() || document.documentElement.matches(':hover'));

/**
 * Which parts of what is shown have changed by themselves, until the next look: a change that comes while somebody
 * looks is gone when they look again; one that comes while nobody does is there for the whole next look.
 */
export function useNews() {
  const [fresh, setFresh] = useState<readonly MessageKey[]>([]);
  const [looks, setLooks] = useState(0);
  /** Somebody has had the chance to see it. */
  const met = useRef(false);
  useEffect(() => {
    let was = isHere();
    const check = () => {
      const is = isHere();
      if (is && !was) {
        if (met.current) setFresh([]);
        met.current = true;
        setLooks((before) => before + 1);
      }
      was = is;
    };
    const page = document.documentElement;
    for (const type of ['focus', 'blur']) addEventListener(type, check);
    for (const type of ['pointerenter', 'pointerleave']) page.addEventListener(type, check);
    document.addEventListener('visibilitychange', check);
    return () => {
      for (const type of ['focus', 'blur']) removeEventListener(type, check);
      for (const type of ['pointerenter', 'pointerleave']) page.removeEventListener(type, check);
      document.removeEventListener('visibilitychange', check);
    };
  }, []);
  const tell = useCallback((part: MessageKey) => {
    met.current = isHere();
    setFresh((before) => (before.includes(part) ? before : [...before, part]));
  }, []);
  return { fresh, looks, tell };
}
