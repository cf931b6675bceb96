import { Hono } from 'hono';
import { EraseRequest, ExportRequest, LiftRequest, Retention } from '../../utils/contract/privacy.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { writeAudit } from '../store/audit.ts';
import { inWorkspace } from '../store/database.ts';
import { eraseContacts } from '../store/privacy/erase.ts';
import { exportContact } from '../store/privacy/export.ts';
import { readRetention, writeRetention } from '../store/privacy/settings.ts';
import { lift } from '../store/privacy/suppression.ts';
import { Refusal } from './problem.ts';
import { readBody } from './read-body.ts';
import { atLeast } from './role.ts';
import type { Deps, Env } from './types.ts';

/** What people may ask of whoever holds their data, and how long it is held. */
export const privacy = ({ db, clock, erasures }: Deps) =>
  new Hono<Env>()
    .post(PATHS.export, async (c) => {
      const { workspaceId, browserId, member } = c.get('device');
      atLeast('lead', c.get('device'));
      const { contactId } = await readBody(c, ExportRequest);
      const found = await inWorkspace(
        db,
        workspaceId,
        async (trx) => {
          const all = await exportContact(trx, workspaceId, contactId, clock());
          const target = { kind: 'contact', id: contactId } as const;
          if (all)
            await writeAudit(trx, workspaceId, 'contact.exported', {
              memberId: member.id,
              browserId,
              target,
            });
          return all;
        },
        'repeatable read',
      );
      if (!found) throw new Refusal(404, 'gone', 'This person is not there any more.');
      return c.json(found);
    })
    .post(PATHS.erase, async (c) => {
      const { workspaceId, browserId, member } = c.get('device');
      atLeast('lead', c.get('device'));
      const { contactId, reason = 'asked' } = await readBody(c, EraseRequest);
      const erased = await inWorkspace(db, workspaceId, (trx) =>
        eraseContacts(trx, workspaceId, [contactId], {
          reason,
          memberId: member.id,
          note: async (within) =>
            writeAudit(within, workspaceId, 'contact.erased', {
              memberId: member.id,
              browserId,
              target: { kind: 'contact', id: contactId },
              detail: { reason },
            }),
        }),
      );
      await erasures?.note(db, workspaceId);
      return c.json({ erased: erased.length > 0 });
    })
    .post(PATHS.lift, async (c) => {
      const { workspaceId, browserId, member } = c.get('device');
      atLeast('admin', c.get('device'));
      const { address } = await readBody(c, LiftRequest);
      const id = await inWorkspace(db, workspaceId, async (trx) => {
        const found = await lift(trx, workspaceId, address);
        if (found !== undefined)
          await writeAudit(trx, workspaceId, 'suppression.lifted', {
            memberId: member.id,
            browserId,
            target: { kind: 'contact', id: found },
          });
        return found;
      });
      await erasures?.note(db, workspaceId);
      return c.json({ lifted: id !== undefined });
    })
    .get(PATHS.retention, async (c) => {
      const { workspaceId } = c.get('device');
      return c.json(await inWorkspace(db, workspaceId, (trx) => readRetention(trx, workspaceId)));
    })
    .post(PATHS.retention, async (c) => {
      const { workspaceId, browserId, member } = c.get('device');
      atLeast('admin', c.get('device'));
      const settings = await readBody(c, Retention);
      await inWorkspace(db, workspaceId, async (trx) => {
        await writeRetention(trx, workspaceId, settings);
        await writeAudit(trx, workspaceId, 'workspace.changed', {
          memberId: member.id,
          browserId,
          target: { kind: 'workspace', id: workspaceId },
          detail: {
            historyMonths: settings.historyMonths ?? 0,
            idleMonths: settings.idleMonths ?? 0,
            auditMonths: settings.auditMonths,
            feedDays: settings.feedDays,
          },
        });
      });
      return c.json(settings);
    });
