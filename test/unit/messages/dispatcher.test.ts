import { beforeEach, expect, test, vi } from 'vitest';
import { createDispatcher, type Handlers } from '../../../utils/background/dispatcher.ts';
import type { Sender } from '../../../utils/background/sender.ts';
import { MESSAGES } from '../../../utils/message-schemas.ts';
import type { MessageKind } from '../../../utils/messages.ts';
import { Trouble } from '../../../utils/trouble.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const screen: Sender = { from: 'screen' };
const content: Sender = { from: 'content', tabId: 1, frameId: 0, url: 'https://mail.example/' };
const sighting = { keys: ['email:ann@acme.example'], role: 'sender', focus: true, why: 'header' };

let calls: [MessageKind, unknown][] = [];
let fail: Error | undefined;

const answer = (kind: MessageKind) => async (payload: unknown) => {
  calls.push([kind, payload]);
  if (fail) throw fail;
  return undefined;
};
const kinds = Object.keys(MESSAGES) as MessageKind[];
const handlers = Object.fromEntries(kinds.map((kind) => [kind, answer(kind)])) as unknown as Handlers;
const dispatch = createDispatcher(handlers);

beforeEach(() => {
  calls = [];
  fail = undefined;
});

test('a valid message reaches its handler and no other', async () => {
  const payload = { recipe: 'none', sightings: [sighting] };
  expect(await dispatch({ kind: 'page.report', payload }, content)).toEqual({ data: undefined });
  expect(calls).toEqual([['page.report', payload]]);
  expect(await dispatch({ kind: 'site.list' }, screen)).toEqual({ data: undefined });
});

test('who may not send a message is refused before its payload is looked at', async () => {
  const payload = new Proxy(
    {},
    {
      get: () => {
        throw new Error('the payload was read');
      },
    },
  );
  for (const kind of kinds) {
    const wrong = MESSAGES[kind].from === 'screen' ? content : screen;
    for (const sender of [wrong, { from: 'other' } as const]) {
      expect(await dispatch({ kind, payload }, sender)).toMatchObject({ error: { code: 'sender' } });
    }
  }
  expect(calls).toEqual([]);
});

test('what cannot be read is refused without being quoted', async () => {
  const bad: unknown[] = [
    undefined,
    'site.list',
    { kind: 'toString' },
    { kind: 'nothing.known' },
    { kind: 'company.open', payload: { companyId: 'secret@acme.example' } },
    { kind: 'draft.save', payload: { form: 'note' } },
  ];
  for (const message of bad) {
    const reply = await dispatch(message, screen);
    expect(reply).toMatchObject({ error: { code: expect.stringMatching(/^(invalid|outdated)$/) } });
    expect(JSON.stringify(reply)).not.toContain('secret');
  }
  expect(calls).toEqual([]);
});

test('a failure is told in words for people, an unforeseen one without its own', async () => {
  fail = new Trouble('full', 'There is no room.');
  expect(await dispatch({ kind: 'site.list' }, screen)).toEqual({
    error: { code: 'full', message: 'There is no room.' },
  });
  vi.stubGlobal('reportError', vi.fn());
  fail = new Error('secret');
  const reply = await dispatch({ kind: 'site.list' }, screen);
  expect(reply).toMatchObject({ error: { code: 'failed' } });
  expect(JSON.stringify(reply)).not.toContain('secret');
  vi.unstubAllGlobals();
});
