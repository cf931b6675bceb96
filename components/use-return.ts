import { useLayoutEffect, useRef } from 'preact/hooks';

/** Gives the focus back to the button that opened something, once that has closed and left it nowhere. */
export function useReturn(open: boolean) {
  const ref = useRef<HTMLButtonElement>(null);
  const was = useRef(open);
  useLayoutEffect(() => {
    if (was.current && !open && document.activeElement === document.body) ref.current?.focus();
    was.current = open;
  }, [open]);
  return ref;
}
