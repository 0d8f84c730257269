import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import type { IsoDate, Role } from '@platform/kernel';
import { CLEANUP_ARTICLE } from '../domain/cleanup';

interface Row {
  key: string;
  what: 'cleanup_answer' | 'cleanup_propose' | 'cleanup_sign' | 'cleanup_check' | 'cleanup_decide' | 'cleanup_amend' | 'cleanup_held';
  cleanupId: string;
  itemId: string | null;
  policyId: string | null;
  tenantId: string;
  title: string;
  dueOn: IsoDate | null;
  role: Role;
  /** The departments that have overseers, where one of them must act. */
  overseen: string[] | null;
}

/**
 * What clean-ups wait for: the departments' lists by their day, the answers of departments that countersigned, the check of a signed one and the decision by the city, and afterwards the amendments that are not done and the ends that something stands in the way of. A list
 * that is late stays on the city's desk, as everything of the city does.
 */
export const cleanupsDue: DueSource = {
  key: 'ledger.cleanups',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT x.*, CASE x.role WHEN 'overseer' THEN (SELECT array_agg(d.id) FROM department d WHERE d.city_id = $1) END AS overseen FROM (
         SELECT 'cleanup_sheet/' || s.id AS key, CASE WHEN n.missing > 0 THEN 'cleanup_propose' ELSE 'cleanup_sign' END AS what, c.id AS "cleanupId", NULL::uuid AS "itemId", NULL::uuid AS "policyId", s.tenant_id AS "tenantId",
           c.title, c.propose_by::text AS "dueOn", CASE WHEN n.missing > 0 THEN 'drafter' ELSE 'department_head' END AS role
         FROM cleanup c JOIN cleanup_sheet s ON s.city_id = c.city_id AND s.cleanup_id = c.id AND s.state = 'open'
         CROSS JOIN LATERAL (SELECT count(*) AS missing FROM cleanup_item i JOIN policy p ON p.city_id = i.city_id AND p.id = i.policy_id
           WHERE i.city_id = c.city_id AND i.cleanup_id = c.id AND i.tenant_id = s.tenant_id AND p.state = 'published' AND (i.proposal IS NULL OR i.remark <> '')) n
         WHERE c.city_id = $1 AND c.state = 'running'
         UNION ALL
         SELECT 'cleanup_answer/' || i.id || '/' || j.tenant_id, 'cleanup_answer', c.id, i.id, i.policy_id, j.tenant_id, i.title, c.check_by::text, 'department_head'
         FROM cleanup c JOIN cleanup_item i ON i.city_id = c.city_id AND i.cleanup_id = c.id AND i.proposal <> 'keep'
         JOIN participation j ON j.city_id = i.city_id AND j.policy_id = i.policy_id AND j.capacity = 'countersign'
         WHERE c.city_id = $1 AND c.state = 'running'
           AND NOT EXISTS (SELECT 1 FROM cleanup_consent k WHERE k.city_id = $1 AND k.item_id = i.id AND k.tenant_id = j.tenant_id AND k.proposed_at = i.proposed_at)
         UNION ALL
         SELECT 'cleanup_check/' || s.id, 'cleanup_check', c.id, NULL, NULL, s.tenant_id, c.title, c.check_by::text, 'overseer'
         FROM cleanup c JOIN cleanup_sheet s ON s.city_id = c.city_id AND s.cleanup_id = c.id AND s.state = 'signed' WHERE c.city_id = $1 AND c.state = 'running'
         UNION ALL
         SELECT 'cleanup_decide/' || c.id, 'cleanup_decide', c.id, NULL, NULL, c.tenant_id, c.title, NULL, 'overseer' FROM cleanup c
         WHERE c.city_id = $1 AND c.state = 'running' AND app_scope() <> 'own' AND NOT EXISTS (SELECT 1 FROM cleanup_sheet s WHERE s.city_id = $1 AND s.cleanup_id = c.id AND s.state <> 'agreed')
         UNION ALL
         SELECT 'cleanup_item/' || i.id, CASE i.effect WHEN 'held' THEN 'cleanup_held' ELSE 'cleanup_amend' END, i.cleanup_id, i.id, i.policy_id, i.tenant_id, i.title,
           CASE i.effect WHEN 'held' THEN i.effect_on ELSE i.amend_by END::text, CASE i.effect WHEN 'held' THEN 'department_head' ELSE 'drafter' END
         FROM cleanup_item i WHERE i.city_id = $1 AND (i.effect = 'held' OR i.effect = 'taken_up')
       ) x WHERE $2::uuid IS NULL OR x."tenantId" = $2 ORDER BY x."dueOn" NULLS LAST, x.key LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map((row): DueItem => ({
      key: row.key, kind: `ledger.${row.what}`, title: row.title, href: hrefOf(row), policyId: row.policyId, departmentId: row.tenantId, accountId: null,
      role: row.role, roleIn: row.overseen ?? [row.tenantId], dueOn: row.dueOn, basis: { paramId: null, article: CLEANUP_ARTICLE, from: null, days: null, unit: null },
    }));
  },
};

function hrefOf({ what, cleanupId, itemId, tenantId }: Row): string {
  const base = `/console/cleanups/${cleanupId}`;
  if (itemId) return `${base}/items/${itemId}`;
  return what === 'cleanup_decide' ? base : `${base}/departments/${tenantId}`;
}
