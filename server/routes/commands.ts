import { Hono } from 'hono';
import {
  type Command,
  type CommandResult,
  CommandsRequest,
  subjectOf,
} from '../../utils/contract/command.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { applyCommand } from '../store/command/apply.ts';
import { forLog, Refusal } from './problem.ts';
import { readBody } from './read-body.ts';
import type { Deps, Env } from './types.ts';

/** After so many that could not be decided, it is not the commands' fault. */
const FAILURES_MAX = 3;
/** ms by which two clocks differ, and what was sent may have been under way, without either being wrong. */
const SLACK = 60_000;

export const commands = ({ db, clock, log }: Deps) =>
  new Hono<Env>().post(PATHS.commands, async (c) => {
    const { workspaceId, member } = c.get('device');
    const mayWrite = member.role !== 'viewer';
    const { commands: given, sentAt } = await readBody(c, CommandsRequest).catch((error: unknown) => {
      throw mayWrite ? error : mayOnlyLook();
    });
    const off = sentAt === undefined ? 0 : clock().getTime() - Date.parse(sentAt);
    const results: CommandResult[] = [];
    const undecided = new Set<string>();
    const failures: unknown[] = [];
    for (const command of given) {
      const subject = subjectOf(command);
      // The order of what is about one and the same holds; others are not kept waiting.
      if (undecided.has(subject)) continue;
      try {
        results.push(await applyCommand(db, workspaceId, member, byOurClock(command, off), clock()));
      } catch (error) {
        if (failures.push(error) >= FAILURES_MAX) throw error;
        log.error({ id: c.get('requestId'), ...forLog(error) }, 'a command could not be decided');
        undecided.add(subject);
      }
    }
    if (results.length === 0 && failures.length > 0) throw failures[0];
    if (!mayWrite && results.every(isForRole)) throw mayOnlyLook();
    return c.json({ results });
  });

const isForRole = (result: CommandResult) => result.status === 'refused' && result.reason === 'role';

const mayOnlyLook = () =>
  new Refusal(403, 'viewer', 'You may look but not change. Ask an admin of your team.');

/** As if its author's clock were right, which is off by so many ms. */
function byOurClock(command: Command, off: number): Command {
  if (Math.abs(off) <= SLACK) return command;
  return { ...command, at: new Date(Date.parse(command.at) + off).toISOString() };
}
