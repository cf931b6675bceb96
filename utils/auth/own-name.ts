import * as oauth from 'oauth4webapi';
import { serverAddress } from '../server-address.ts';

/** No address is longer. */
const MOST = 200;

/**
 * The address by which a server calls itself, when discovery failed since that is not the one it was asked at: a
 * server on this computer has several names, and its tokens are good under one.
 */
export function ownName(error: unknown): string | undefined {
  if (!(error instanceof oauth.OperationProcessingError)) return undefined;
  if (error.code !== oauth.JSON_ATTRIBUTE_COMPARISON) return undefined;
  const issuer = of(of(error.cause, 'body'), 'issuer');
  const server = typeof issuer === 'string' && issuer.length <= MOST ? /^(.+)\/oidc$/.exec(issuer)?.[1] : '';
  return serverAddress(server ?? '');
}

const of = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
