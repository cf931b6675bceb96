import type { Page } from 'playwright-core';
import type { ScreenName, Screens } from './open.ts';

/** Fields that say what something is, not what somebody wrote. */
const FIXED =
  /^(?:id|\w+Ids?|at|\w+At|dueOn|kind|state|role|team|channel|direction|source|by|why|reason|storage|revision|consent|status|order|tabId|me|needs|with|zone|from|to|holidays)$/;

/** The same with the payload in place of every text that comes from people, pages or other systems. */
export function poison<T>(value: T, payload: string, field = ''): T {
  if (typeof value === 'string') return (FIXED.test(field) ? value : payload) as T;
  if (Array.isArray(value)) return value.map((item) => poison(item, payload, field)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inside]) => [name, poison(inside, payload, name)]);
  return Object.fromEntries(entries) as T;
}

/** A screen, and what must never happen in it, noted from before its first payload on. */
export async function openWatched(
  screens: Screens,
  screen: ScreenName,
): Promise<{ page: Page; wrong: () => Promise<string[]> }> {
  const page = await screens.open(screen, { width: 360 });
  const wrong: string[] = [];
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => wrong.push(`request: ${request.url()}`));
  page.on('framenavigated', (frame) => wrong.push(`went to ${frame.url()}`));
  page.on('popup', () => wrong.push('a window opened'));
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) =>
      said.push(`policy: ${violatedDirective} ${sourceFile}`),
    );
    globalThis.addEventListener('error', ({ message }) => said.push(`error: ${message}`));
    globalThis.addEventListener('unhandledrejection', ({ reason }) => said.push(`rejected: ${reason}`));
  });
  return {
    page,
    async wrong() {
      const said = await page.evaluate<string[]>(
        `[...said, ...('ran' in globalThis ? ['it ran'] : []), ...('polluted' in {} ? ['polluted'] : [])]`,
      );
      return [...wrong, ...said];
    },
  };
}
