/** A stream of a server's, as `fetch` brings it, that a test writes to. */
export function openStream() {
  const encoder = new TextEncoder();
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  const write = (text: string) => void writer.write(encoder.encode(text)).catch(() => undefined);
  return {
    answer: () => new Response(readable, { headers: { 'content-type': 'text/event-stream' } }),
    write,
    hello: () => write('event: hello\ndata: {}\n\n'),
    beat: () => write(':\n\n'),
    event: (name: string, data: object) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    end: () => void writer.close().catch(() => undefined),
    cut: () => void writer.abort(new TypeError('network')).catch(() => undefined),
  };
}

/** A `fetch` that answers with these, one after the other, and ends what it gave when it is told to. */
export function fetching(...answers: (() => Response | Promise<Response>)[]) {
  const asked: { url: string; bearer: string | null }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push({ url: String(input), bearer: new Headers(init?.headers).get('authorization') });
    const { signal } = init ?? {};
    const stopped = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
    stopped.catch(() => undefined);
    const next = answers.shift();
    if (!next) return stopped;
    const answer = await Promise.race([next(), stopped]);
    if (!answer.body) return answer;
    const reader = answer.body.getReader();
    // As a browser does, it breaks off a body that is being read.
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      async pull(controller) {
        const { done, value } = await Promise.race([reader.read(), stopped]);
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
  return { fetch, asked };
}
