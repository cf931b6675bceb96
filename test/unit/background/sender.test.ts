import { expect, test } from 'vitest';
import { classify } from '../../../utils/background/sender.ts';

const self = { id: 'abc', base: 'chrome-extension://abc/' };
const panel = { id: 'abc', url: 'chrome-extension://abc/sidepanel.html', origin: 'chrome-extension://abc' };
const tab = { id: 4, url: 'https://mail.example/inbox' };

test('our own pages are screens, in a tab or not', () => {
  expect(classify(panel, self)).toEqual({ from: 'screen' });
  expect(classify({ ...panel, tab, frameId: 0 } as never, self)).toEqual({ from: 'screen' });
  expect(classify({ id: 'abc', url: panel.url }, self)).toEqual({ from: 'screen' });
});

test('our scripts in pages are content, with the address of their frame', () => {
  const sender = {
    id: 'abc',
    url: 'https://mail.example/frame',
    origin: 'https://mail.example',
    tab,
    frameId: 2,
  };
  expect(classify(sender as never, self)).toEqual({
    from: 'content',
    tabId: 4,
    frameId: 2,
    url: 'https://mail.example/frame',
  });
  const blank = { ...sender, url: 'about:blank', documentId: 'D' };
  expect(classify(blank as never, self)).toMatchObject({ url: 'https://mail.example', documentId: 'D' });
});

test('everybody else is refused, also who claims our address', () => {
  expect(classify({ ...panel, id: 'other' }, self)).toEqual({ from: 'other' });
  expect(classify({ ...panel, origin: 'https://evil.example' } as never, self)).toEqual({ from: 'other' });
  expect(classify({ ...panel, url: 'https://evil.example/' } as never, self)).toEqual({ from: 'other' });
  expect(classify({ id: 'abc', url: 'chrome-extension://abc.evil.example/' }, self)).toEqual({
    from: 'other',
  });
  expect(classify({ id: 'abc' }, self)).toEqual({ from: 'other' });
});
