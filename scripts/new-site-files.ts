export interface Site {
  id: string;
  hosts: string[];
  label: string;
}

/** `example-mail` → `exampleMail`: what the recipe's constant is called. */
export function constantOf(id: string): string {
  return id.replace(/-([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;

/** A recipe to begin with, which finds what the first case shows. */
export function recipeFile({ id, hosts, label }: Site, now: Date): string {
  const day = now.toISOString().slice(0, 10);
  const seen = `seen: '${day.slice(0, 7)}'`;
  const hostList = `[${hosts.map(quoted).join(', ')}]`;
  const long = hostList.length > 98;
  return `import type { Recipe } from '../../contract/recipe.ts';

/** ${label}: say here what is special about it, and where the selectors are from. */
export const ${constantOf(id)}: Recipe = {
  id: '${id}',
  version: ${day.replaceAll('-', '_')}_00,
  label: ${label.includes("'") ? `"${label}"` : quoted(label)},
  kind: 'mail',
  hosts: ${long ? `[\n${hosts.map((host) => `    ${quoted(host)},\n`).join('')}  ]` : hostList},
${partsOf(seen)
  .map((line) => `  ${line}\n`)
  .join('')}};
`;
}

function partsOf(seen: string): string[] {
  return [
    `message: [{ selector: 'article', ${seen} }],`,
    `sender: [{ selector: '[data-field="from"] [href^="mailto:"]', address: 'href', ${seen} }],`,
    `recipient: [{ selector: '[data-field="to"] [href^="mailto:"]', address: 'href', ${seen} }],`,
    `quoted: [{ selector: '[data-field="body"]', ${seen} }],`,
    `listed: [{ selector: '[role="row"] [title*="@"]', address: 'title', ${seen} }],`,
    `own: [{ selector: '[aria-label="Account"]', ${seen} }],`,
  ];
}

/** A page with invented people, and what is to be found in it. */
export function firstCase(site: Site): { html: string; json: string } {
  const [host = ''] = site.hosts;
  const url = `https://${host.replace(/^\*\./, 'www.')}/`;
  const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body>
${body}
</body>
</html>
`;
  const rosa = `"keys":["email:rosa.lind@birch.example"],"address":"rosa.lind@birch.example","name":"Rosa Lind"`;
  const body = `<header><a href="/account" aria-label="Account">me@orchard.example</a></header>
<main><article><h1>Plans</h1>
<p data-field="from">From: <a href="mailto:rosa.lind@birch.example">Rosa Lind</a></p>
<p data-field="to">To: <a href="mailto:me@orchard.example">Me</a>, <a href="mailto:tom@birch.example">Tom Okoye</a></p>
<div data-field="body"><p>Hello, the plans are attached.</p><blockquote>Kim Vale &lt;kim@fern.example&gt; wrote: when?</blockquote></div>
</article></main>`;
  const people = [
    `{${rosa},"role":"sender","focus":true,"why":"header"}`,
    '{"keys":["email:tom@birch.example"],"address":"tom@birch.example","name":"Tom Okoye","role":"recipient","focus":false,"why":"header"}',
    '{"keys":["email:kim@fern.example"],"address":"kim@fern.example","name":"Kim Vale","role":"mentioned","focus":false,"why":"text"}',
  ];
  return { html: page('Plans', body), json: expectation(site, `${url}inbox/1`, people) };
}

function expectation({ id }: Site, url: string, people: string[]): string {
  return `{
  "url": "${url}",
  "expected": {
    "site":"${id}","recipe":"found",
    "sightings": [
${people.map((one) => `      ${one}`).join(',\n')}
    ]
  }
}
`;
}

/** The registry with one site more, before those that are known by their marks: `known` go by their host. */
export function register(registry: string, id: string, known: number): string {
  const name = constantOf(id);
  const line = `import { ${name} } from './${id}.ts';`;
  const imports = registry.match(/^import \{ \w+ \} from '\.\/[\w-]+\.ts';$/gm) ?? [];
  const list = /(export const recipes: readonly Recipe\[\] = )\[([^\]]*)\];/.exec(registry);
  if (imports.length === 0 || !list) throw new Error('[new-site] the registry does not look as it used to');
  const path = (one: string) => one.slice(one.indexOf("'"));
  const sorted = [...imports, line].toSorted((a, b) =>
    path(a).localeCompare(path(b), 'en', { numeric: true }),
  );
  const [first = '', last = ''] = [imports[0], imports.at(-1)];
  const from = registry.indexOf(first);
  const to = registry.indexOf(last) + last.length;
  const names = (list[2] ?? '').split(',').flatMap((one) => one.trim() || []);
  names.splice(known, 0, name);
  const short = `${list[1]}[${names.join(', ')}];`;
  const long = `${list[1]}[\n${names.map((one) => `  ${one},\n`).join('')}];`;
  return `${registry.slice(0, from)}${sorted.join('\n')}${registry.slice(to)}`.replace(
    list[0],
    short.length > 110 ? long : short,
  );
}
