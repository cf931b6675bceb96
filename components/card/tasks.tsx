import type { Actions } from '../../utils/actions.ts';
import { doneTask } from '../../utils/commands.ts';
import type { Member } from '../../utils/contract/member.ts';
import type { Task } from '../../utils/contract/task.ts';
import { dayStart, daysBetween, due } from '../../utils/format.ts';
import { t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { Problem } from '../problem.tsx';
import { holderName, mayWrite, memberOf } from '../records.ts';
import { useSend } from '../use-send.ts';
import { Waiting } from '../waiting.tsx';

interface TasksProps {
  view: View;
  person: KnownPerson;
  /** Open ones, by due day. */
  tasks: Task[];
  act: Actions;
}

export function Tasks({ view, person, tasks, act }: TasksProps) {
  const { busy, problem, send } = useSend();
  if (tasks.length === 0) return null;
  const finish = (task: Task, done: boolean) =>
    send(() => act.write(doneTask({ taskId: task.id, contactId: person.contactId, done })));
  return (
    <section>
      <h2>{t('tasks')}</h2>
      <ul class="items">
        {tasks.map((task) => (
          <li key={task.id} class="task">
            <label>
              <input
                type="checkbox"
                checked={task.doneAt !== undefined}
                disabled={busy || !mayWrite(view)}
                onChange={(event) => finish(task, event.currentTarget.checked)}
              />
              <span dir="auto">{task.text}</span>
            </label>
            <p class="foot">
              <span>
                <Due day={task.dueOn} />
                <Assignee member={memberOf(view, task.assigneeId)} />{' '}
                {person.waiting.includes(task.id) && <Waiting view={view} />}
              </span>
            </p>
          </li>
        ))}
      </ul>
      <Problem words={problem} />
    </section>
  );
}

function Assignee({ member }: { member: Member | undefined }) {
  return (
    member && (
      <>
        , <bdi>{holderName(member)}</bdi>
      </>
    )
  );
}

function Due({ day }: { day: string }) {
  const late = daysBetween(now.value, dayStart(day)) < 0;
  return (
    <time dateTime={day} class={late ? 'late' : undefined}>
      {late ? t('wasDue', due(day, now.value)) : t('isDue', due(day, now.value))}
    </time>
  );
}
