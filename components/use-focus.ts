import { useLayoutEffect, useRef } from 'preact/hooks';

/** Puts the cursor into a form that the user has just opened. */
export function useFocus<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  useLayoutEffect(() => ref.current?.focus(), []);
  return ref;
}
