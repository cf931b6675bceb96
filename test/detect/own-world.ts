import type { CDPSession, Page } from 'playwright-core';

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** A driver's line to the page's own target; one a page. */
export function sessionOf(page: Page): Promise<CDPSession> {
  let session = sessions.get(page);
  if (!session) {
    session = page.context().newCDPSession(page);
    sessions.set(page, session);
  }
  return session;
}

/** The page's frames by the driver's ids, itself first. */
export async function framesOf(page: Page): Promise<string[]> {
  const session = await sessionOf(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  return [frameTree.frame.id, ...(frameTree.childFrames ?? []).map(({ frame }) => frame.id)];
}

/** Evaluates in a world of our own beside the page's, as content scripts live in; a promise is awaited. */
export async function inOwnWorld<T>(page: Page, expression: string, frame?: string): Promise<T> {
  const session = await sessionOf(page);
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frame ?? (await framesOf(page))[0] ?? '',
    worldName: 'truce',
  });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    contextId: executionContextId,
    expression,
    returnByValue: true,
    awaitPromise: true,
  });
  if (exceptionDetails) throw new Error(`[own world] ${exceptionDetails.exception?.description}`);
  return result.value as T;
}
