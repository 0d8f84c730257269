import { type Docket, type MeasureCase, type MeasureSource, type PolicyKind, timeliness } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { circulationArticle } from '../domain/articles';

interface Reply {
  circulationId: string;
  policyId: string;
  tenantId: string;
  ownerId: string;
  title: string;
  kind: PolicyKind;
  from: IsoDate;
  limit: IsoDate;
  done: IsoDate | null;
}

/** On a day up to the last one the draft was given up or taken back to its department: what had not been done by then was nobody's delay. */
const overBefore = (policy: string, since: string, limit: string): string =>
  `EXISTS (SELECT 1 FROM life_cycle_event l WHERE l.city_id = $1 AND l.policy_id = ${policy} AND l.from_state <> l.to_state AND l.to_state IN ('drafting', 'withdrawn')
     AND l.at::timestamptz > ${since} AND (l.at::timestamptz AT TIME ZONE 'Asia/Shanghai')::date <= ${limit})`;

/** Replies that other departments asked for, counted for the department that was asked; what counts is the signature. */
export const repliesInTime: MeasureSource = {
  key: 'drafting.replies',
  async cases(tx, { from, to, departmentId, today }) {
    const rows = await tx.query<Reply>(
      `SELECT c.id AS "circulationId", c.policy_id AS "policyId", i.tenant_id AS "tenantId", i.owner_tenant_id AS "ownerId", p.title, p.kind, (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from,
         c.reply_on::text AS limit, (r.signed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS done
       FROM circulation c JOIN circulation_invitation i ON i.city_id = c.city_id AND i.circulation_id = c.id JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
       LEFT JOIN circulation_reply r ON r.city_id = i.city_id AND r.circulation_id = i.circulation_id AND r.tenant_id = i.tenant_id
       WHERE c.city_id = $1 AND c.reply_on BETWEEN $3::date AND $4::date AND ($2::uuid IS NULL OR i.tenant_id = $2)
         AND (r.signed_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM life_cycle_event l WHERE l.city_id = $1 AND l.policy_id = c.policy_id AND l.to_state = 'withdrawn' AND l.from_state <> 'withdrawn'
           AND (l.at::timestamptz AT TIME ZONE 'Asia/Shanghai')::date <= c.reply_on))`, [tx.cityId, departmentId, from, to]);
    return rows.map((row): MeasureCase => ({
      key: `reply/${row.circulationId}/${row.tenantId}`, measure: 'limits', what: 'reply', departmentId: row.tenantId, policyId: row.policyId, title: row.title, href: `/console/circulations/${row.circulationId}`,
      from: row.from, limit: row.limit, done: row.done, ...timeliness(row.limit, row.done, today), article: circulationArticle(row.kind),
    }));
  },
};

interface Review {
  id: string;
  kind: Docket;
  policyId: string;
  tenantId: string;
  title: string;
  from: IsoDate;
  limit: IsoDate;
  done: IsoDate | null;
  article: string;
}

/**
 * Reviews with a last day, counted for the department of the reviewer, or the drafting one while none is named. The least time that a rule gives a reviewer is no last day for
 * him; and one whose text was taken back before its day is over asks nothing of anybody.
 */
export const reviewsInTime: MeasureSource = {
  key: 'drafting.reviews',
  async cases(tx, { from, to, departmentId, today }) {
    const rows = await tx.query<Review>(
      `SELECT k.id, k.kind, k.policy_id AS "policyId", coalesce(k.reviewer_tenant_id, k.tenant_id) AS "tenantId", p.title, (k.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from, k.due_on::text AS limit,
         (k.signed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS done, k.due_article AS article
       FROM docket k JOIN policy p ON p.city_id = k.city_id AND p.id = k.policy_id
       WHERE k.city_id = $1 AND k.due_on BETWEEN $3::date AND $4::date AND (k.min_due_on IS NULL OR k.due_on > k.min_due_on) AND ($2::uuid IS NULL OR coalesce(k.reviewer_tenant_id, k.tenant_id) = $2)
         AND (k.signed_at IS NOT NULL OR NOT ${overBefore('k.policy_id', 'k.opened_at', 'k.due_on')})`, [tx.cityId, departmentId, from, to]);
    return rows.map((row): MeasureCase => ({
      key: `docket/${row.id}`, measure: 'limits', what: row.kind, departmentId: row.tenantId, policyId: row.policyId, title: row.title, href: `/console/policies/${row.policyId}/dockets/${row.id}`,
      from: row.from, limit: row.limit, done: row.done, ...timeliness(row.limit, row.done, today), article: row.article,
    }));
  },
};
