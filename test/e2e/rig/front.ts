import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

export interface Seen {
  method: string;
  path: string;
  /** Address, headers and body as they came. */
  all: string;
  /** Of the real server's answer, once it is there. */
  status?: number;
}

/** How the front answers: `pass` hands on to the real server; the others are what goes wrong out there. */
export type Mode = 'pass' | 'html' | 'error' | 'slow' | 'denied' | 'nonsense';

/**
 * Stands before the real server as a proxy does, at the address that browsers know: counts requests, and misbehaves
 * on demand.
 */
export class Front {
  /** Where the real server listens; known only when it does, which wants to know our address first. */
  target = '';
  #server: Server | undefined;
  #port = 0;
  #mode: Mode = 'pass';
  /** Holds streams back until they end, as a proxy does that wants whole answers. */
  holdsStreams = false;
  readonly #streams = new Set<ServerResponse>();
  /** ms that each way takes, as on a slow line. */
  lag = 0;
  readonly requests: Seen[] = [];

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** What is open already would not notice: it is cut. */
  set mode(mode: Mode) {
    this.#mode = mode;
    this.cut();
  }

  /** Streams that are open now. */
  get streams(): number {
    return this.#streams.size;
  }

  /** Breaks all open streams. */
  cut(): void {
    for (const response of this.#streams) response.destroy();
  }

  up(): Promise<void> {
    return new Promise((resolve, reject) => {
      const server = createServer((asked, response) => {
        this.#answer(asked, response).catch(() => response.destroy());
      });
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', () => {
        const address = server.address();
        if (typeof address === 'object' && address) this.#port = address.port;
        this.#server = server;
        resolve();
      });
    });
  }

  /** From here on nobody listens: connections are refused. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async #answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url: path = '/', headers } = asked;
    const seen: Seen = { method, path, all: `${path}\n${JSON.stringify(headers)}\n${body.toString()}` };
    this.requests.push(seen);
    const cors = { 'access-control-allow-origin': headers.origin ?? '*' };
    const json = { ...cors, 'content-type': 'application/json' };
    // The API refuses; the sign-in is another matter.
    switch (this.mode === 'denied' && path.startsWith('/oidc') ? 'pass' : this.mode) {
      case 'html':
        response.writeHead(200, { ...cors, 'content-type': 'text/html' });
        response.end('<!doctype html><title>Router</title><p>Please log in</p>');
        return;
      case 'error':
        response.writeHead(500, { ...cors, 'content-type': 'text/plain' }).end('oops');
        return;
      case 'nonsense':
        response.writeHead(200, json).end('{"version":"seven","cards":[{"id":1}],"companies":null}');
        return;
      case 'denied':
        response.writeHead(401, json).end('{"error":{"code":"token","message":"No."}}');
        return;
      case 'slow':
        return; // Never answers; `down` or the client ends it.
      case 'pass':
        break;
    }
    await this.#way();
    const isStream = path.startsWith('/v1/stream');
    if (isStream) this.#streams.add(response.once('close', () => this.#streams.delete(response)));
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const passed = request(`${this.target}${path}`, { method, headers }, resolve);
      passed.once('error', reject);
      // Whoever has gone away waits for no more of it.
      response.once('close', () => passed.destroy());
      passed.end(body);
    });
    seen.status = answer.statusCode ?? 502;
    await this.#way();
    response.writeHead(seen.status, answer.headers);
    if (isStream && this.holdsStreams) {
      const held: Buffer[] = [];
      for await (const chunk of answer) held.push(chunk as Buffer);
      response.end(Buffer.concat(held));
    } else {
      answer.once('error', () => response.destroy());
      // The answer begins when the first of it is there.
      response.flushHeaders();
      answer.pipe(response);
    }
  }

  async #way(): Promise<void> {
    if (this.lag > 0) await new Promise((resolve) => setTimeout(resolve, this.lag));
  }
}
