/** The mailbox page: draws the list once and a thread whenever the hash names another. */
const MINUTE = 60_000;
const started = Date.now();

const { account, threads } = await (await fetch('/mails.json')).json();
const list = document.querySelector('#threads');
const reading = document.querySelector('#reading');

/** An element with its attributes and children; strings become text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const nameOf = (address) => address.replace(/\s*<.*>$/, '').replaceAll('"', '');
const initials = (name) =>
  [...name.matchAll(/(?<!\p{L})\p{L}/gu)].slice(0, 2).map(String).join('').toUpperCase() || '@';
const timeOf = (mail) => new Date(started - mail.ago * MINUTE);

function shortTime(date) {
  const today = date.toDateString() === new Date(started).toDateString();
  return date.toLocaleString('en-GB', today ? { timeStyle: 'short' } : { day: 'numeric', month: 'short' });
}

/** Text with its addresses and links made clickable. */
function linked(text) {
  return text.split(/(https:\/\/\S+[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const web = piece.startsWith('https:');
    return make(
      'a',
      { href: web ? piece : `mailto:${piece}`, ...(web && { rel: 'noreferrer', target: '_blank' }) },
      piece,
    );
  });
}

function drawBody(text) {
  return text
    .split('\n\n')
    .map((part) =>
      part.startsWith('> ')
        ? make('blockquote', {}, ...part.split('\n').map((line) => make('p', {}, ...linked(line.slice(2)))))
        : make('p', { dir: 'auto' }, ...linked(part)),
    );
}

function drawMail(mail, thread) {
  const rows = [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
    ...(mail.cc ? [['Cc', mail.cc.join(', ')]] : []),
    ...(thread.list ? [['List', thread.list]] : []),
  ];
  const time = make('time', { datetime: timeOf(mail).toISOString() });
  time.append(timeOf(mail).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short' }));
  return make(
    'article',
    {},
    make(
      'header',
      {},
      make('span', { class: 'face', 'aria-hidden': 'true' }, initials(nameOf(mail.from))),
      make(
        'dl',
        {},
        ...rows.flatMap(([term, value]) => [make('dt', {}, term), make('dd', {}, value)]),
        make('dt', {}, 'Date'),
        make('dd', {}, time),
      ),
    ),
    make('div', { class: 'body', lang: mail.lang, dir: 'auto' }, ...drawBody(mail.body)),
  );
}

function drawItem(thread) {
  const last = thread.mails.at(-1);
  const link = make(
    'a',
    { href: `#${thread.id}`, ...(last.unread && { class: 'unread' }) },
    make('span', { class: 'who', dir: 'auto' }, nameOf(last.from)),
    make('time', { datetime: timeOf(last).toISOString() }, shortTime(timeOf(last))),
    make('span', { class: 'what', dir: 'auto' }, thread.subject),
    make('span', { class: 'start', dir: 'auto' }, last.body.split('\n\n')[1] ?? last.body),
  );
  return make('li', {}, link);
}

function countUnread() {
  const count = list.querySelectorAll('.unread').length;
  document.querySelector('#unread').textContent = count > 0 ? `${count} unread` : '';
}

/** Shows the thread of the hash. */
function show() {
  const id = decodeURIComponent(location.hash.slice(1));
  const thread = threads.find((one) => one.id === id);
  for (const link of list.querySelectorAll('a')) {
    const chosen = link.hash === `#${id}`;
    if (chosen) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
    if (chosen) link.classList.remove('unread');
  }
  countUnread();
  document.title = `${thread?.subject ?? 'Inbox'} · Postbox`;
  if (!thread) {
    reading.replaceChildren(make('p', { class: 'empty' }, 'Choose a mail to read it here.'));
    return;
  }
  const mails = thread.mails.map((mail) => drawMail(mail, thread));
  reading.replaceChildren(make('h2', { dir: 'auto' }, thread.subject), ...mails);
  reading.scrollTop = 0;
  // In a thread the newest mail is the one to read.
  if (mails.length > 1) mails.at(-1).scrollIntoView({ block: 'nearest' });
}

/** `j` and `k` go down and up the list. */
function step(event) {
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { j: 1, k: -1 }[event.key];
  if (by === undefined) return;
  const links = [...list.querySelectorAll('li:not([hidden]) a')];
  const place = links.findIndex((link) => link.hasAttribute('aria-current'));
  links[Math.max(0, Math.min(links.length - 1, place + by))]?.click();
}

function filter(event) {
  const wanted = event.target.value.trim().toLowerCase();
  for (const [index, item] of [...list.children].entries()) {
    const thread = threads[index];
    const text = [thread.subject, ...thread.mails.map((mail) => `${mail.from} ${mail.body}`)].join(' ');
    item.hidden = !text.toLowerCase().includes(wanted);
  }
}

document.querySelector('#account-name').append(account.name);
document.querySelector('#account-address').append(`${account.name} <${account.address}>`);
document.querySelector('.account .face').append(initials(account.name));
list.append(...threads.map(drawItem));
addEventListener('hashchange', show);
addEventListener('keydown', step);
document.querySelector('#filter').addEventListener('input', filter);
show();
