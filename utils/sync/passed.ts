/**
 * Whether so many ms have gone by since then. A clock that was set back says so too: nobody knows how long it was,
 * and waiting until it has caught up could take days.
 */
export function passed(since: number | undefined, now: number, ms: number): boolean {
  return since === undefined || now < since || now - since >= ms;
}
