/** A page made to be a burden, or just a bad one. `build` and `stir` are code for the page's own world. */
export interface HostilePage {
  name: string;
  /** Where it stands, when that matters: a site's recipe goes by it. */
  url?: string;
  /** Of `size` nodes, levels, characters or frames. */
  build: (size: number) => string;
  /** Changes the page, called every 10 ms with the count of calls. */
  stir?: string;
  /** In full, and as much of it as the usual tests take. */
  sizes: [whole: number, cut: number];
  /** Addresses that have to be found, by size. */
  people: (size: number) => number;
}

const none = () => 0;
const box = `const box = document.body.appendChild(document.createElement('main'));`;

export const HOSTILE: readonly HostilePage[] = [
  {
    name: 'a million nodes',
    build: (size) => `${box} box.innerHTML = '<p>rosa@birch.example</p>' + '<i>x</i>'.repeat(${size / 2});`,
    sizes: [1_000_000, 100_000],
    people: () => 1,
  },
  {
    name: 'a million nodes, a thousand changes a second',
    build: (size) =>
      `${box} document.body.append('rosa@birch.example'); box.hidden = true; box.innerHTML = '<i>x</i>'.repeat(${size / 2}); const all = box.children;`,
    stir: `for (let n = 0; n < 10; n++) all[(calls * 7919 + n * 104729) % all.length].textContent = 'y' + calls;`,
    sizes: [1_000_000, 100_000],
    people: () => 1,
  },
  {
    name: 'a million texts side by side',
    build: (size) =>
      `${box} for (let n = 0; n < ${size}; n++) box.append('x '); box.append(' rosa@birch.example');`,
    sizes: [1_000_000, 50_000],
    people: (size) => (size > 300_000 ? 0 : 1),
  },
  {
    name: 'depth 10,000, an address on every tenth level',
    build: (size) =>
      `${box} box.hidden = true; let at = box; for (let n = 0; n < ${size}; n++) { const next = document.createElement('div'); if (n % 10 === 0) { next.append('person' + n + '@birch.example'); next.className = 'c' + n; } at.append(next); at = next; }`,
    sizes: [10_000, 2000],
    people: none,
  },
  {
    name: '10 MB of text',
    build: (size) =>
      `${box} box.innerHTML = ('<p>' + 'the visit went as planned '.repeat(400) + 'rosa@birch.example</p>').repeat(${size} / 10_000);`,
    sizes: [10_000_000, 1_000_000],
    people: () => 1,
  },
  ...['a@a@', 'x.x.x.@', 'a@b.c@', `${'a'.repeat(64)}@`, 'a@b.cd:x/', 'x (at) y (dot '].map((piece) => ({
    name: `megabytes of ${piece.length > 20 ? `${piece.slice(0, 4)}…@` : piece}`,
    build: (size: number) =>
      `${box} box.innerHTML = ('<p>' + '${piece}'.repeat(90_000 / ${piece.length} | 0) + '</p>').repeat(${size} / 90_000) + '<p>rosa@birch.example</p>';`,
    sizes: [5_000_000, 500_000] as [number, number],
    people: () => 1,
  })),
  {
    name: 'a hundred thousand addresses',
    build: (size) =>
      `${box} box.innerHTML = Array.from({ length: ${size} / 100 }, (_, n) => '<p>' + Array.from({ length: 100 }, (_, m) => 'p' + n + 'x' + m + '@birch.example').join(' ') + '</p>').join('');`,
    sizes: [100_000, 10_000],
    people: () => 2500,
  },
  {
    name: 'a thousand people, who all change all the time',
    build: (size) => `${box} box.innerHTML = '<p>a</p>'.repeat(${size}); const all = box.children;`,
    stir: `for (let n = 0; n < 10; n++) all[(calls * 10 + n) % all.length].textContent = 'p' + calls + 'x' + n + '@birch.example';`,
    sizes: [1000, 200],
    people: none,
  },
  {
    name: 'labels beside everything that came before',
    build: (size) =>
      `${box} let at = box; for (let n = 0; n < ${size} / 500; n++) { const next = document.createElement('div'); at.append(next, 'person' + n + '@birch.example'); at = next; } at.innerHTML = '<i>x</i>'.repeat(${size} / 2);`,
    sizes: [100_000, 10_000],
    people: none,
  },
  {
    name: 'ten thousand shadow roots',
    build: (size) =>
      `${box} for (let n = 0; n < ${size}; n++) { const host = document.createElement('div'); host.attachShadow({ mode: 'open' }).innerHTML = '<p>person' + n + '@birch.example</p>'; box.append(host); } box.append('rosa@birch.example');`,
    sizes: [10_000, 1000],
    people: () => 1,
  },
  {
    name: 'a flood of records',
    build: (size) =>
      `${box} box.innerHTML = '<p>rosa@birch.example</p><p id="t"></p>'; const rate = ${size};`,
    stir: `for (let n = 0; n < rate; n++) { box.lastChild.className = n % 2 ? 'x' : 'y'; if (n % 10 === 0) box.lastChild.textContent = n; }`,
    sizes: [1000, 300],
    people: () => 1,
  },
  {
    name: 'styles and places that a change makes stale',
    build: (size) =>
      `${box} box.innerHTML = Array.from({ length: ${size} }, (_, n) => '<div style="position:relative;left:1px">person' + n + '@birch.example</div>').join('');`,
    stir: `document.body.style.width = 800 + (calls % 50) + 'px'; box.firstChild.style.left = calls % 9 + 'px';`,
    sizes: [2000, 300],
    people: (size) => size,
  },
  {
    name: 'thousands of hidden addresses before one that is seen',
    build: (size) =>
      `${box} box.innerHTML = '<div style="display:none">' + Array.from({ length: ${size} }, (_, n) => '<p>person' + n + '@birch.example</p>').join('') + '</div><p>rosa@birch.example</p>';`,
    sizes: [6000, 3000],
    people: () => 1,
  },
  {
    name: 'a fake Roundcube with thousands of message headers',
    build: (size) =>
      `${box} box.innerHTML = '<div id="messagestack"></div>' + Array.from({ length: ${size} }, (_, n) => '<div id="message-header"><div class="header-summary"><span class="rcmContactAddress" title="person' + n + '@birch.example">Person</span></div><table><tr><td class="header replyto"><span class="rcmContactAddress" title="list' + n + '@birch.example">List</span></td></tr></table></div>').join('');`,
    stir: `box.children[1 + (calls % 50)].title = calls;`,
    sizes: [4000, 1000],
    people: () => 500,
  },
  {
    name: 'a fake Roundcube, 2,500 levels deep',
    build: (size) =>
      `${box} box.innerHTML = '<div id="messagestack"></div><div id="message-header"></div>'; let at = box.lastChild; for (let n = 0; n < ${size}; n++) { const next = document.createElement('div'); if (n % 5 === 0) next.title = 'person' + n + '@birch.example'; next.className = 'rcmContactAddress'; at.append(next); at = next; }`,
    sizes: [2500, 2000],
    people: none,
  },
  {
    name: 'a fake feed of LinkedIn',
    url: 'https://www.linkedin.com/feed/',
    build: (size) =>
      `${box} box.style.width = '400px'; box.innerHTML = Array.from({ length: ${size} }, (_, n) => '<div><a class="update-components-actor__meta-link" href="https://www.linkedin.com/in/person-' + n + '"><span class="update-components-actor__title"><span aria-hidden="true">Ann Lee</span></span></a><p>We are hiring.</p></div>').join('');`,
    stir: `window.scrollTo(0, (calls * 40) % 50_000); box.firstChild.lastChild.textContent = calls;`,
    sizes: [10_000, 1000],
    people: none,
  },
  {
    name: 'a thousand names before megabytes',
    build: (size) =>
      `${box} box.innerHTML = '<p>rosa@birch.example</p>' + ('<h3>Ann Lee</h3><div class="authors">' + 'Acme '.repeat(2000) + '</div>').repeat(${size});`,
    sizes: [1000, 100],
    people: () => 1,
  },
];
