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
  version: ${versionOf(now)},
  label: ${label.includes("'") ? `"${label}"` : quoted(label)},
  kind: 'mail',
  hosts: ${long ? `[\n${hosts.map((host) => `    ${quoted(host)},\n`).join('')}  ]` : hostList},
${partsOf(hosts, seen)
  .map((line) => `  ${line}\n`)
  .join('')}};
`;
}

function partsOf(hosts: string[], seen: string): string[] {
  const where = hosts.map((host) => quoted(`https://${host}/inbox/*`));
  return [
    '// An address at which a message has to be open: where it is not found three times in a row, the recipe is stale.',
    expectsOf(where),
    `message: [{ selector: 'article', ${seen} }],`,
    `sender: [{ selector: '[data-field="from"] [href^="mailto:"]', address: 'href', ${seen} }],`,
    `recipient: [{ selector: '[data-field="to"] [href^="mailto:"]', address: 'href', ${seen} }],`,
    '// The whole body: a stranger wrote it, and may write what looks like a header.',
    `quoted: [{ selector: '[data-field="body"]', ${seen} }],`,
    `listed: [{ selector: '[role="row"] [title*="@"]', address: 'title', ${seen} }],`,
    `compose: [{ selector: 'form:has([data-field="recipients"])', ${seen} }],`,
    `draftTo: [{ selector: '[data-field="recipients"] [title*="@"]', address: 'title', ${seen} }],`,
    `own: [{ selector: '[aria-label="Account"]', ${seen} }],`,
  ];
}

/** Over as many lines as the formatter would have it. */
function expectsOf(where: string[]): string {
  const list = `where: [${where.join(', ')}]`;
  const one = `{ view: 'message', ${list} }`;
  if (one.length <= 94) return `expects: [${one}],`;
  if (one.length <= 105) return `expects: [\n    ${one},\n  ],`;
  const long =
    list.length > 103 ? `where: [\n${where.map((each) => `        ${each},\n`).join('')}      ]` : list;
  return `expects: [\n    {\n      view: 'message',\n      ${long},\n    },\n  ],`;
}

/** What servers know as shipped, with a version of one site more. */
export function ship(list: string, { id }: Site, now: Date): string {
  const entry = /^ {2}'?([\w-]+)'?: \[.*\],$/;
  const lines = list.split('\n');
  const first = lines.findIndex((line) => entry.test(line));
  if (first < 0) throw new Error('[new-site] the list of shipped recipes does not look as it used to');
  const after = lines.findIndex((line, n) => n >= first && !((entry.exec(line)?.[1] ?? '~') < id));
  lines.splice(after, 0, `  ${id.includes('-') ? quoted(id) : id}: [${versionOf(now)}],`);
  return lines.join('\n');
}

const versionOf = (now: Date): string => `${now.toISOString().slice(0, 10).replaceAll('-', '_')}_00`;

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
