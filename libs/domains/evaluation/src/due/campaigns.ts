import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import type { IsoDate } from '@platform/kernel';
import { EVALUATOR_ARTICLE } from '../domain/report';

interface Row {
  id: string;
  kind: 'score' | 'prepare' | 'close';
  tenantId: string;
  title: string;
  accountId: string;
  dueOn: IsoDate | null;
}

/** Marks that people of a department still owe, and campaigns that their leader has to set up or to close. Who works in no department finds what he owes on his own page. */
export const campaignsDue: DueSource = {
  key: 'evaluation.campaign',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `(SELECT a.id, 'score' AS kind, c.tenant_id AS "tenantId", c.title, a.account_id AS "accountId", c.closes_on::text AS "dueOn"
        FROM evaluation_assessor a JOIN evaluation_campaign c ON c.city_id = a.city_id AND c.id = a.campaign_id
        WHERE a.city_id = $1 AND a.removed_at IS NULL AND c.state = 'scoring' AND c.closes_on >= ($3::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
          AND ($2::uuid IS NULL OR c.tenant_id = $2 OR EXISTS (SELECT 1 FROM membership m WHERE m.city_id = $1 AND m.account_id = a.account_id AND m.tenant_id = $2 AND m.revoked_at IS NULL))
          AND (SELECT count(*) FROM evaluation_campaign_policy q WHERE q.city_id = $1 AND q.campaign_id = c.id)
            > (SELECT count(*) FROM evaluation_sheet s WHERE s.city_id = $1 AND s.assessor_id = a.id AND s.state = 'submitted')
        ORDER BY c.closes_on, a.id LIMIT ${DUE_LIMIT})
       UNION ALL
       (SELECT c.id, CASE c.state WHEN 'preparing' THEN 'prepare' ELSE 'close' END, c.tenant_id, c.title, c.leader_id, c.closes_on::text FROM evaluation_campaign c
        WHERE c.city_id = $1 AND ($2::uuid IS NULL OR c.tenant_id = $2) AND (c.state = 'preparing' OR (c.state = 'scoring' AND c.closes_on < ($3::timestamptz AT TIME ZONE 'Asia/Shanghai')::date))
        ORDER BY c.opened_at, c.id LIMIT ${DUE_LIMIT})`, [tx.cityId, departmentId, tx.at]);
    return rows.map(({ id, kind, tenantId, title, accountId, dueOn }): DueItem => ({
      key: `campaign/${id}/${kind}`, kind: `evaluation.${kind}`, title, href: kind === 'score' ? `/${tx.cityId}/assessments` : `/console/evaluation-campaigns/${id}`, policyId: null, departmentId: tenantId,
      accountId, role: null, roleIn: [], dueOn: kind === 'prepare' ? null : dueOn, basis: { paramId: null, article: EVALUATOR_ARTICLE, from: null, days: null, unit: null },
    }));
  },
};
