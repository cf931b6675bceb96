import type { Sync } from '../sync/sync.ts';
import type { Handlers } from './dispatcher.ts';

export const definitionHandlers = (sync: Pick<Sync, 'use'>): Pick<Handlers, 'definition.versions'> => ({
  'definition.versions': ({ id }) => sync.use((api) => api.versions(id)),
});
