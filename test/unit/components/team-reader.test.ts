import { beforeAll, expect, test, vi } from 'vitest';
import type { TeamAnswer } from '../../../utils/contract/team.ts';
import { TeamReader } from '../../../utils/team-reader.ts';
import type { ConnectionState, View } from '../../../utils/view.ts';
import { speakEnglish } from '../../screens/speak.ts';
import { teams } from '../../screens/team-states.ts';
import { calm, id } from '../../screens/world.ts';

beforeAll(speakEnglish);

const { team } = teams.teamAdmin;
const on = (state: ConnectionState, me = calm.connection.me): View => ({
  ...calm,
  connection: { ...calm.connection, state, ...(me !== undefined && { me }) },
});
const settle = () => new Promise((done) => setTimeout(done));

test.each(['removed', 'signed-out', 'unset', 'locked'] as const)(
  'nothing of the team stays when this browser is %s',
  async (state) => {
    const ask = vi.fn(async (): Promise<TeamAnswer> => team);
    const reader = new TeamReader(ask);
    reader.follow(on('online'));
    await settle();
    expect(reader.team.value).toBe(team);
    reader.follow(on(state));
    expect(reader.team.value).toBeUndefined();
    expect(reader.problem.value).toMatch(/\w/);
    expect(reader.shut.value).toBe(state);
    await reader.read();
    expect(ask, 'nor is it asked for').toHaveBeenCalledTimes(1);
    reader.follow(on('online'));
    await settle();
    expect(reader.team.value).toBe(team);
    expect(reader.problem.value).toBeUndefined();
    expect(reader.shut.value).toBeUndefined();
  },
);

test('an answer that was under way does not bring it back', async () => {
  const answers: ((team: TeamAnswer) => void)[] = [];
  const reader = new TeamReader(() => new Promise((answer) => answers.push(answer)));
  reader.follow(on('online'));
  reader.follow(on('removed'));
  answers[0]?.(team);
  await settle();
  expect(reader.team.value).toBeUndefined();
});

test('somebody else who signs in does not see what the last one saw', async () => {
  const ask = vi.fn(async (): Promise<TeamAnswer> => team);
  const reader = new TeamReader(ask);
  reader.follow(on('online'));
  await settle();
  ask.mockImplementation(() => new Promise(() => undefined));
  reader.follow(on('connecting', id('e9')));
  expect(reader.team.value).toBeUndefined();
});

test('out of reach, what is shown stays', async () => {
  const ask = vi.fn(async (): Promise<TeamAnswer> => team);
  const reader = new TeamReader(ask);
  reader.follow(on('online'));
  await settle();
  ask.mockRejectedValue(new Error('The server does not answer.'));
  reader.follow(on('offline'));
  await settle();
  expect(reader.team.value).toBe(team);
  expect(reader.problem.value).toBe('The server does not answer.');
});
