import { Hono } from 'hono';
import { type CommandResult, CommandsRequest } from '../../utils/contract/command.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { applyCommand } from '../store/command/apply.ts';
import { Refusal } from './problem.ts';
import { readBody } from './read-body.ts';
import type { Deps, Env } from './types.ts';

export const commands = ({ db, clock }: Deps) =>
  new Hono<Env>().post(PATHS.commands, async (c) => {
    const { workspaceId, member } = c.get('device');
    if (member.role === 'viewer') {
      throw new Refusal(403, 'viewer', 'You may look but not change. Ask an admin of your team.');
    }
    const { commands: given } = await readBody(c, CommandsRequest);
    const results: CommandResult[] = [];
    for (const command of given) {
      results.push(await applyCommand(db, workspaceId, member, command, clock()));
    }
    return c.json({ results });
  });
