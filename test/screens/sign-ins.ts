import type { View } from '../../utils/view.ts';
import { calm } from './world.ts';

/** Somebody who is not signed in yet: on the way, at a failure, or at a server that is set. */
export const signIns = {
  signingIn: {
    ...calm,
    connection: { state: 'unset' },
    signingIn: { server: 'https://truce.acme.example', how: 'window' },
  },
  signInFailed: {
    ...calm,
    connection: { state: 'unset' },
    signingIn: { server: 'https://truce.acme.example', how: 'window', problem: 'window' },
  },
  code: {
    ...calm,
    connection: { state: 'unset' },
    signingIn: {
      server: 'https://truce.acme.example',
      how: 'code',
      code: 'WDJB-MJHT',
      link: 'https://truce.acme.example/oidc/device?user_code=WDJB-MJHT',
    },
  },
  preset: { ...calm, connection: { state: 'unset' }, preset: 'https://truce.acme.example' },
  elsewhere: {
    ...calm,
    connection: { state: 'unset' },
    signingIn: {
      ...{ server: 'http://localhost:8080', how: 'window', problem: 'strange' },
      callsItself: 'http://127.0.0.1:8080',
    },
  },
} satisfies Record<string, View>;
