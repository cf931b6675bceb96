import { beforeEach, expect, test, vi } from 'vitest';
import { presetServer, watchPreset } from '../../../utils/background/preset.ts';

const { get, listen } = vi.hoisted(() => ({
  get: vi.fn<(key: string) => Promise<unknown>>(),
  listen: vi.fn<(listener: (changes: object, area: string) => void) => void>(),
}));
vi.mock('webextension-polyfill', () => ({
  default: { storage: { managed: { get }, onChanged: { addListener: listen } } },
}));
beforeEach(() => {
  get.mockReset();
});

test.each([
  ['https://truce.acme.example', 'https://truce.acme.example'],
  ['https://Truce.Acme.example/', 'https://truce.acme.example'],
  ['https://acme.example/truce//', 'https://acme.example/truce'],
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
])('%s is taken from the policy as %s', async (server, expected) => {
  get.mockResolvedValue({ server });
  expect(await presetServer()).toBe(expected);
  expect(get).toHaveBeenCalledWith('server');
});

test.each([
  {},
  { server: '' },
  { server: 'truce.acme.example' },
  { server: 'javascript:alert(1)' },
  { server: 7 },
])('%j is no server', async (policy) => {
  get.mockResolvedValue(policy);
  expect(await presetServer()).toBeUndefined();
});

test('a browser without a policy has none', async () => {
  get.mockRejectedValue(new Error('Managed storage manifest not found'));
  expect(await presetServer()).toBeUndefined();
});

test('a policy that comes later is told, and nothing else that is stored', () => {
  const changed = vi.fn();
  watchPreset(changed);
  const [listener] = listen.mock.calls[0] ?? [];
  for (const area of ['local', 'session', 'sync']) listener?.({}, area);
  expect(changed).not.toHaveBeenCalled();
  listener?.({ server: {} }, 'managed');
  expect(changed).toHaveBeenCalledOnce();
});
