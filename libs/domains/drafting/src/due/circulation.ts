import { DUE_LIMIT, type DueItem, type DueSource, type PolicyKind } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { circulationArticle } from '../domain/articles';

interface AskedRow {
  circulationId: string;
  policyId: string;
  tenantId: string;
  title: string;
  kind: PolicyKind;
  from: IsoDate;
  days: number;
  replyOn: IsoDate;
  drafted: boolean;
}

const HEARING = `p.state IN ('drafting', 'consulting', 'reviewing', 'deliberating')`;

/** Replies that asked departments owe: to be drafted, or to be signed. A day that is past leaves them owed until the circulation is closed. */
export const repliesDue: DueSource = {
  key: 'drafting.reply',
  async list(tx, { departmentId }) {
    const rows = await tx.query<AskedRow>(
      `SELECT c.id AS "circulationId", c.policy_id AS "policyId", i.tenant_id AS "tenantId", p.title, p.kind, (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from,
         c.working_days AS days, c.reply_on::text AS "replyOn", r.id IS NOT NULL AS drafted
       FROM circulation c JOIN circulation_invitation i ON i.city_id = c.city_id AND i.circulation_id = c.id
       JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
       LEFT JOIN circulation_reply r ON r.city_id = i.city_id AND r.circulation_id = i.circulation_id AND r.tenant_id = i.tenant_id
       WHERE c.city_id = $1 AND c.state = 'open' AND r.signed_at IS NULL AND ${HEARING} AND ($2::uuid IS NULL OR i.tenant_id = $2 OR i.owner_tenant_id = $2)
       ORDER BY c.reply_on, c.id, i.tenant_id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map((row): DueItem => ({
      key: `circulation/${row.circulationId}/${row.tenantId}`, kind: row.drafted ? 'drafting.reply_signature' : 'drafting.reply', title: row.title,
      href: row.tenantId === tx.actor.tenantId || tx.actor.tenantId === null ? `/console/circulations/${row.circulationId}` : `/console/policies/${row.policyId}/circulation`,
      policyId: row.policyId, departmentId: row.tenantId, accountId: null, role: row.drafted ? 'department_head' : 'drafter', roleIn: [row.tenantId], dueOn: row.replyOn,
      basis: { paramId: null, article: circulationArticle(row.kind), from: row.from, days: row.days, unit: 'wd' },
    }));
  },
};

interface OwedRow {
  what: 'handling' | 'coordination' | 'agreement';
  id: string;
  policyId: string;
  tenantId: string;
  actsIn: string;
  title: string;
  kind: PolicyKind;
}

/** What follows from replies, for which no rule sets a day: opinions to handle, disagreements to settle, agreements to confirm. */
export const circulationOwed: DueSource = {
  key: 'drafting.circulation',
  async list(tx, { departmentId }) {
    const rows = await tx.query<OwedRow>(
      `SELECT w.what, w.id, w.policy_id AS "policyId", w.tenant_id AS "tenantId", w.acts_in AS "actsIn", p.title, p.kind FROM (
         SELECT DISTINCT 'handling' AS what, c.id, c.policy_id, c.tenant_id, c.tenant_id AS acts_in FROM circulation c
           JOIN circulation_reply r ON r.city_id = c.city_id AND r.circulation_id = c.id AND r.signed_at IS NOT NULL
           JOIN circulation_opinion o ON o.city_id = r.city_id AND o.reply_id = r.id
           LEFT JOIN circulation_handling h ON h.city_id = o.city_id AND h.opinion_id = o.id
           WHERE c.city_id = $1 AND h.id IS NULL
         UNION ALL
         SELECT 'coordination', r.id, c.policy_id, c.tenant_id, c.tenant_id FROM circulation c
           JOIN circulation_reply r ON r.city_id = c.city_id AND r.circulation_id = c.id AND r.signed_at IS NOT NULL AND r.stance = 'disagree'
           WHERE c.city_id = $1 AND NOT EXISTS (SELECT 1 FROM coordination k WHERE k.city_id = $1 AND k.reply_id = r.id AND (k.outcome = 'decided' OR k.answer = 'confirmed' OR (k.outcome = 'agreed' AND k.answer IS NULL)))
             AND NOT EXISTS (SELECT 1 FROM circulation_reply later JOIN circulation lc ON lc.city_id = later.city_id AND lc.id = later.circulation_id
               WHERE later.city_id = $1 AND later.tenant_id = r.tenant_id AND lc.policy_id = c.policy_id AND lc.opened_at > c.opened_at AND later.signed_at IS NOT NULL)
         UNION ALL
         SELECT 'agreement', r.circulation_id, k.policy_id, k.tenant_id, k.other_tenant_id FROM coordination k JOIN circulation_reply r ON r.city_id = k.city_id AND r.id = k.reply_id
           WHERE k.city_id = $1 AND k.outcome = 'agreed' AND k.answer IS NULL
       ) w JOIN policy p ON p.city_id = $1 AND p.id = w.policy_id
       WHERE ${HEARING} AND ($2::uuid IS NULL OR w.acts_in = $2) ORDER BY w.what, w.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    return rows.map((row): DueItem => ({
      key: `circulation_${row.what}/${row.id}`, kind: `drafting.${row.what}`, title: row.title,
      href: row.what === 'agreement' ? `/console/circulations/${row.id}` : `/console/policies/${row.policyId}/circulation`, policyId: row.policyId, departmentId: row.actsIn,
      accountId: null, role: row.what === 'agreement' ? 'department_head' : 'drafter', roleIn: [row.actsIn], dueOn: null,
      basis: { paramId: null, article: circulationArticle(row.kind), from: null, days: null, unit: null },
    }));
  },
};
