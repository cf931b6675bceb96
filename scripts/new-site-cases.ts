import type { Site } from './new-site-files.ts';

interface Case {
  name: string;
  /** Below the site's address. */
  path: string;
  body: string;
  /** As it is found. */
  people: object[];
}

const ROSA = {
  keys: ['email:rosa.lind@birch.example'],
  address: 'rosa.lind@birch.example',
  name: 'Rosa Lind',
};
const TOM = { keys: ['email:tom@birch.example'], address: 'tom@birch.example', name: 'Tom Okoye' };
const KIM = { keys: ['email:kim@fern.example'], address: 'kim@fern.example', name: 'Kim Vale' };

/** One of each that every site has: `test/recipes.test.ts` asks for them. */
const CASES: Case[] = [
  {
    name: 'message',
    path: 'inbox/1',
    body: `<main><article><h1>Plans</h1>
<p data-field="from">From: <a href="mailto:rosa.lind@birch.example">Rosa Lind</a></p>
<p data-field="to">To: <a href="mailto:me@orchard.example">Me</a>, <a href="mailto:tom@birch.example">Tom Okoye</a></p>
<div data-field="body"><p>Hello, the plans are attached.</p><blockquote>Kim Vale &lt;kim@fern.example&gt; wrote: when?</blockquote></div>
</article></main>`,
    people: [
      { ...ROSA, role: 'sender', focus: true, why: 'header' },
      { ...TOM, role: 'recipient', focus: false, why: 'header' },
      { ...KIM, role: 'mentioned', focus: false, why: 'text' },
    ],
  },
  {
    name: 'list',
    path: 'inbox',
    body: `<main role="grid">
<div role="row"><span title="rosa.lind@birch.example">Rosa Lind</span> <span>Plans</span></div>
<div role="row"><span title="tom@birch.example">Tom Okoye</span> <span>Lunch</span></div>
</main>`,
    people: [
      { ...ROSA, role: 'mentioned', focus: false, why: 'list' },
      { ...TOM, role: 'mentioned', focus: false, why: 'list' },
    ],
  },
  {
    name: 'compose',
    path: 'compose',
    body: `<main><form><p data-field="recipients">To: <span title="rosa.lind@birch.example">Rosa Lind</span></p>
<textarea>Hello Rosa</textarea><button>Send</button></form></main>`,
    people: [{ ...ROSA, role: 'recipient', focus: true, why: 'header' }],
  },
  {
    name: 'negative',
    path: 'settings',
    body: '<main><h1>Settings</h1><p>Your account is me@orchard.example.</p></main>',
    people: [],
  },
];

/** Pages with invented people, and what is to be found in them: `<case>.html` and `<case>.json`. */
export function firstCases({ id, hosts: [host = ''], label }: Site): Map<string, string> {
  const root = `https://${host.replace(/^\*\./, 'www.')}/`;
  return new Map(
    CASES.flatMap(({ name, path, body, people }) => [
      [`${name}.html`, page(label, body)],
      [`${name}.json`, expectation(id, root + path, people)],
    ]),
  );
}

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title.replaceAll('&', '&amp;')}</title></head>
<body>
<header><a href="/account" aria-label="Account">me@orchard.example</a></header>
${body}
</body>
</html>
`;

function expectation(id: string, url: string, people: object[]): string {
  const lines = people.map((one) => `      ${JSON.stringify(one)}`).join(',\n');
  return `{
  "url": "${url}",
  "expected": {
    "site":"${id}","recipe":"${people.length > 0 ? 'found' : 'none'}",
    "sightings": ${lines === '' ? '[]' : `[\n${lines}\n    ]`}
  }
}
`;
}
