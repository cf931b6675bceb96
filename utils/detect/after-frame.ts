/** A frame that nobody sees may not be drawn at all. In ms. */
const PATIENCE = 1000;

/**
 * Calls `then` right after the page has been drawn: what is asked of styles and places then is known, so that the
 * browser need not lay the page out for us.
 * @returns ends the wait
 */
export function afterFrame(then: () => void): () => void {
  let over = false;
  const timer = setTimeout(go, PATIENCE);
  // Ahead of the page's own timers, which would change what was drawn.
  const frame = requestAnimationFrame(() => void scheduler.postTask(go, { priority: 'user-blocking' }));
  function end(): void {
    over = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }
  function go(): void {
    if (over) return;
    end();
    then();
  }
  return end;
}
