/** A frame that nobody sees may not be drawn at all. In ms. */
const PATIENCE = 1000;

/**
 * Calls `then` right after the page has been drawn: what is asked of styles and places then is known, so that the
 * browser need not lay the page out for us.
 * @returns ends the wait
 */
export function afterFrame(then: () => void): () => void {
  let timer = setTimeout(go, PATIENCE);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(then);
  });
  function go(): void {
    cancelAnimationFrame(frame);
    then();
  }
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}
