import { createServer } from 'node:http';
import { freePort } from '../../../scripts/run.ts';

export interface Pages {
  /** `http://127.0.0.1:1234`, which the build under test may read. */
  url: string;
  /** The same pages on a host that it may not read without asking. */
  closedUrl: string;
  stop(): Promise<void>;
}

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body>${body}</body></html>`;

const strangers = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `<li>Person ${index} &lt;person.${index}@nobody-we-know.example&gt;</li>`,
  ).join('');

/** Pages by path. None has anything made for Truce. */
const PAGES: Record<string, () => string> = {
  '/people': () =>
    page(
      'Attendees',
      `<h1>Attendees</h1><ul id="list">
        <li><a href="mailto:bob.smith@acme.example">Bob Smith</a></li>
        <li>Zoë François, zoe.francois@societe.example</li>
        <li>Somebody Else, somebody.else@nobody-we-know.example</li></ul>
        <form><input value="typed@nobody-we-know.example"></form>`,
    ),
  '/strangers': () => page('Members', `<h1>Members</h1><ul>${strangers(2000)}</ul>`),
  '/one-stranger': () => page('Contact', '<p>Write to priya.nair@nobody-we-know.example</p>'),
  '/empty': () => page('Empty', '<p>There is nothing here.</p>'),
};

export async function servePages(): Promise<Pages> {
  const port = await freePort();
  const server = createServer((request, response) => {
    const found = PAGES[new URL(request.url ?? '/', 'http://here').pathname];
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(found?.() ?? 'not found');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    closedUrl: `http://localhost:${port}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
