import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, test } from 'vitest';
import { MESSAGES } from '../utils/message-schemas.ts';

/** Rules that the extension's sources keep, so that its walls stand by themselves. */
const sources = new Map(['entrypoints', 'components', 'utils'].flatMap(read));

function read(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return read(path);
    if (!/\.(tsx?|html)$/.test(path)) return [];
    return [[path, readFileSync(path, 'utf8').replace(/^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm, '')]];
  });
}

/** Places of the pattern outside of the files where it belongs. */
function places(pattern: RegExp, where = /^/, except = /^$/): string[] {
  return [...sources]
    .filter(([file]) => where.test(file) && !except.test(file))
    .flatMap(([file, code]) => (pattern.exec(code)?.[0] ? [`${file}: ${pattern.exec(code)?.[0]}`] : []));
}

test('text is only ever text', () => {
  expect(
    places(
      /innerHTML|outerHTML|insertAdjacentHTML|setHTML|dangerously\w+|createContextualFragment|DOMParser|srcdoc=|document\.write/i,
    ),
  ).toEqual([]);
  expect(
    places(/\beval\(|\bnew Function\b|\bFunction\(|\bset(?:Timeout|Interval)\(\s*['"`]|\bimport\(/),
  ).toEqual([]);
  expect(places(/\bjavascript:|\bdata:text/)).toEqual([]);
});

test('the one link of all is where addresses from data are judged', () => {
  expect(
    places(
      /\b(?:href|src|srcSet|action|formAction|ping|poster|cite)=(?!["'])/,
      /\.tsx$/,
      /^components\/(?:link|desk\/parts)\.tsx$/,
    ),
  ).toEqual([]);
  expect(
    places(
      /<(?:script|iframe|frame|object|embed|base|link|meta|form action|img|image|use|foreignObject|style)\b/,
      /\.tsx$/,
    ),
  ).toEqual([]);
  expect(places(/\bwindow\.open\(|\blocation\.(?:assign|replace)\(|\blocation(?:\.href)? = /)).toEqual([]);
  const opening = [...sources].filter(([, code]) => /\btabs\.(?:create|update)\(/.test(code));
  expect(opening.filter(([, code]) => !/\b(?:webLink|getURL)\(/.test(code)).map(([file]) => file)).toEqual(
    [],
  );
});

test('messages come in at one place, from our own parts, and none of them fetches what it names', () => {
  expect(places(/\bon(?:Message|Connect)External\b|\bonUserScript\w+|\bonConnectNative\b/)).toEqual([]);
  expect(places(/\bruntime\.on(?:Message|Connect)\b/, /^/, /^utils\/background\/start\.ts$/)).toEqual([]);
  expect(
    places(
      /addEventListener\(\s*['"]message['"]|\.onmessage\b|\bBroadcastChannel\b|\bpostMessage\(/,
      /^/,
      /^utils\/(background\/screens|screen)\.ts$/,
    ),
  ).toEqual([]);
  const named = Object.entries(MESSAGES).flatMap(([kind, { payload }]) => {
    const json = JSON.stringify(toJsonSchema(payload, { errorMode: 'ignore' }));
    const fields = [...json.matchAll(/"(url|uri|href|path|endpoint|method|headers|body|html)":\{/gi)];
    return fields.map(([, field]) => `${kind}: ${field}`);
  });
  expect(named).toEqual([]);
});

test('what runs in a page only reads it, and is not heard there', () => {
  const inPage = /^(entrypoints\/(?:content|names|reader)-script|utils\/detect\/)/;
  expect(
    places(
      /\bdispatchEvent\b|\bCustomEvent\b|\bpostMessage\b|\bconsole\b|\bcreateElement\w*\(|\.(?:append|appendChild|prepend|insertBefore|replaceWith|replaceChildren|setAttribute|removeAttribute|toggleAttribute|attachShadow|focus|click|scroll\w*)\(|\.classList\b|\.style\b|\.dataset\b|\bfetch\(|\bXMLHttpRequest\b|\bimportScripts\b|\b(?:local|session)Storage\b|\bcookie\b|\bwrappedJSObject\b|\bexportFunction\b|\bcloneInto\b/,
      inPage,
    ),
  ).toEqual([]);
  expect(places(/\bworld:\s*['"]MAIN['"]/)).toEqual([]);
  // A page's elements are found there under their ids: only what no id can be is kept there, at one place.
  expect(
    places(
      /typeof globalThis & \{|\bglobalThis\.(?!reportError)\w|\bself\.\w/,
      /^(entrypoints\/(?:content|names|reader)-script|utils\/(?:detect|page)\/)/,
      /^utils\/page\/world\.ts$/,
    ),
  ).toEqual([]);
});
