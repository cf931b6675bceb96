import type { Server, ServerOptions } from 'node:http';

/** Time and room that a connection gets before anything is known about it. Times in ms. */
export const SERVER_OPTIONS: ServerOptions = {
  // The whole request, with its body: whoever sends a byte at a time is cut off.
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  // Longer than a proxy keeps its own, so that it never sends into a connection that is just closing.
  keepAliveTimeout: 75_000,
  // Of all headers and the address together.
  maxHeaderSize: 16 * 1024,
};

/** A connection on which nothing moves, as of a client that does not read its answer. */
const IDLE = 120_000;

export function limitConnections(server: Server, most: number): void {
  server.maxConnections = most;
  server.setTimeout(IDLE);
}
