import { beforeEach, expect, test, vi } from 'vitest';
import { pinNote } from '../../../utils/commands.ts';
import { send } from '../../../utils/messages.ts';

/** What the browser says to each message in turn; a function is what it fails with. */
const runtime = vi.hoisted(() => ({
  id: 'truce' as string | undefined,
  asked: [] as unknown[],
  answers: [] as unknown[],
  async sendMessage(message: unknown) {
    this.asked.push(structuredClone(message));
    const answer = this.answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  },
}));
vi.mock('wxt/browser', () => ({ browser: { runtime } }));

const CLOSED = new Error('The message port closed before a response was received.');
const command = pinNote({ contactId: '0192f000-0000-7000-8000-000000000001', text: 'Hello' });

beforeEach(() => {
  Object.assign(runtime, { id: 'truce', asked: [], answers: [] });
});

test('a command whose answer was lost is sent again as the same one', async () => {
  runtime.answers = [CLOSED, undefined, { data: { saved: true } }];
  await expect(send('command.write', { command })).resolves.toEqual({ saved: true });
  expect(runtime.asked).toHaveLength(3);
  for (const message of runtime.asked)
    expect(message).toEqual({ kind: 'command.write', payload: { command } });
});

test('an answer without anything in it is one', async () => {
  runtime.answers = [{}];
  await expect(send('command.discard', { id: command.id })).resolves.toBeUndefined();
  expect(runtime.asked).toHaveLength(1);
});

test('a refusal is an answer', async () => {
  runtime.answers = [{ error: { code: 'full', message: 'no room left' } }];
  await expect(send('command.write', { command })).rejects.toMatchObject({ code: 'full' });
  expect(runtime.asked).toHaveLength(1);
});

test('what would be done twice is not repeated', async () => {
  runtime.answers = [CLOSED];
  await expect(send('connection.forget')).rejects.toMatchObject({ code: 'outdated' });
  expect(runtime.asked).toHaveLength(1);
});

test('a form is emptied for sure, but words that are sent again would overtake later ones', async () => {
  runtime.answers = [CLOSED, {}, CLOSED];
  await send('draft.save', { form: 'note', text: '' });
  expect(runtime.asked).toHaveLength(2);
  await expect(send('draft.save', { form: 'note', text: 'Hel' })).rejects.toMatchObject({ code: 'outdated' });
  expect(runtime.asked).toHaveLength(3);
});

test('nobody answers any more: it says so in the end, at once when the extension was replaced', async () => {
  vi.useFakeTimers();
  const lost = expect(send('command.write', { command })).rejects.toMatchObject({ code: 'outdated' });
  await vi.runAllTimersAsync();
  await lost;
  expect(runtime.asked.length).toBeGreaterThan(2);
  vi.useRealTimers();
  Object.assign(runtime, { id: undefined, asked: [] });
  await expect(send('command.write', { command })).rejects.toMatchObject({ code: 'outdated' });
  expect(runtime.asked).toHaveLength(1);
});
