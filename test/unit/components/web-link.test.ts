import { expect, test } from 'vitest';
import { webLink } from '../../../utils/web-link.ts';

test.each(['https://acme.example/', 'http://acme.example/a?b=c#d', 'HTTPS://acme.example/'])(
  '%s',
  (address) => {
    expect(webLink(address)?.toLowerCase()).toBe(address.toLowerCase());
  },
);

test.each([
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:0',
  ],
  ...[
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.example/1',
  ],
  ...['view-source:https://a.example', 'chrome://settings', 'moz-extension://x/options.html', 'about:blank'],
  ...[
    'https://me:secret@acme.example/',
    'https://me@acme.example',
    '//acme.example',
    'acme.example',
    '',
    'https://',
  ],
])('%j leads nowhere', (address) => {
  expect(webLink(address)).toBeUndefined();
});
