import { useLayoutEffect, useRef } from 'preact/hooks';

/** When `what` takes the place of something that had the focus, its first control gets it. */
export function useKeptFocus<E extends HTMLElement>(what: string) {
  const ref = useRef<E>(null);
  const before = useRef(what);
  useLayoutEffect(() => {
    if (before.current !== what && document.activeElement === document.body) {
      ref.current?.querySelector<HTMLElement>('input, button, summary')?.focus();
    }
    before.current = what;
  }, [what]);
  return ref;
}
