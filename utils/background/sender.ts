import type { Runtime } from 'webextension-polyfill';

/** Where a message comes from, as the browser says; never as the message says. */
export type Sender = { from: 'screen' } | ContentSender | { from: 'other' };

export interface ContentSender {
  from: 'content';
  tabId: number;
  frameId: number;
  /** Address of the frame's document; of its origin where the document has none of its own. */
  url: string;
  documentId?: string;
}

/** The browser knows more about a sender than the type says. */
type Told = Runtime.MessageSender & { origin?: string; documentId?: string };

/** `base`: root address of the extension's own pages, `chrome-extension://<id>/`. */
export function classify(sender: Told, self: { id: string; base: string }): Sender {
  if (sender.id !== self.id) return { from: 'other' };
  const { url = '', origin, tab, frameId, documentId } = sender;
  const own = url.startsWith(self.base);
  const ownOrigin = origin === undefined ? own : `${origin}/` === self.base;
  if (own && ownOrigin) return { from: 'screen' };
  if (own || (origin !== undefined && ownOrigin)) return { from: 'other' };
  if (!isPlace(tab?.id) || !isPlace(frameId)) return { from: 'other' };
  return {
    from: 'content',
    tabId: tab.id,
    frameId,
    url: [url, origin, tab.url].find((each) => each !== undefined && /^(https?|file):/.test(each)) ?? '',
    ...(documentId !== undefined && { documentId }),
  };
}

/** Browsers count tabs and frames from 0; what is in none has a negative number or no number. */
function isPlace(number: number | undefined): number is number {
  return number !== undefined && Number.isInteger(number) && number >= 0;
}
