import { expect } from 'vitest';
import { type Command, CommandsAnswer } from '../../utils/contract/command.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import type { Person } from './people.ts';

/** What comes of a command. */
export const result = async (who: Person, command: Command) => {
  const answer = await who.post(PATHS.commands, { commands: [command] });
  return answer.read(CommandsAnswer).results[0];
};
export const applied = async (who: Person, command: Command) =>
  expect(await result(who, command)).toMatchObject({ status: 'applied' });
export const refused = async (who: Person, command: Command, reason: string) =>
  expect(await result(who, command)).toMatchObject({ status: 'refused', reason });
