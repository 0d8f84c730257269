import type { EventHandler } from '@platform/messaging';
import { notifyAll } from '@platform/notify';
import { CLEANUP_ASKED } from '../ledger.events';
import { cleanups } from '../persistence/repositories';

/** Tells the drafters and the head of each department that has a list, or of the one whose list is open again. */
export const notifyCleanup: EventHandler = {
  name: 'ledger.notify_cleanup',
  types: [CLEANUP_ASKED],
  async handle(tx, event) {
    const { cleanupId = '', tenantId = null } = event.payload;
    const cleanup = await cleanups.require(tx, cleanupId);
    const people = await tx.query<{ accountId: string; tenantId: string; version: number }>(
      `SELECT DISTINCT m.account_id AS "accountId", s.tenant_id AS "tenantId", s.row_version AS version FROM cleanup_sheet s
       JOIN membership m ON m.city_id = s.city_id AND m.tenant_id = s.tenant_id AND m.role IN ('drafter', 'department_head') AND m.revoked_at IS NULL
       WHERE s.city_id = $1 AND s.cleanup_id = $2 AND s.state = 'open' AND ($3::uuid IS NULL OR s.tenant_id = $3)`, [tx.cityId, cleanupId, tenantId]);
    await notifyAll(tx, people.map((one) => ({
      accountId: one.accountId, effectKey: `cleanup/${cleanupId}/${one.tenantId}/${one.version}`, messageKey: tenantId ? 'cleanup:notice.again' : 'cleanup:notice.opened',
      params: { title: cleanup.title }, href: `/console/cleanups/${cleanupId}/departments/${one.tenantId}`,
    })));
  },
};
