import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * For the way out of a question: the cursor goes there, so that Enter does no harm, and the whole question comes
 * into sight, from its start should it be taller than the window.
 */
export function useWayOut() {
  const ref = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    ref.current?.focus({ preventScroll: true });
    const box = ref.current?.closest('.alert');
    box?.scrollIntoView({ block: 'start' });
  }, []);
  return ref;
}
