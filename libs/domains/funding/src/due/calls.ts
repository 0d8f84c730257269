import { DUE_LIMIT, type DueItem, type DueSource } from '@core/policy';
import { parameter } from '@core/statutes';
import { chinaDate, type IsoDate } from '@platform/kernel';

interface Row {
  id: string;
  state: string;
  policyId: string;
  tenantId: string;
  title: string;
  closesOn: IsoDate;
  answerBy: IsoDate;
  startsOn: IsoDate | null;
  endsOn: IsoDate | null;
  workingDays: number | null;
}

/** Calls that will close, results that applicants were promised, and public notices that will end. */
export const callsDue: DueSource = {
  key: 'funding.call',
  async list(tx, { departmentId }) {
    const rows = await tx.query<Row>(
      `SELECT c.id, c.state, c.policy_id AS "policyId", c.tenant_id AS "tenantId", c.title, ((least(c.closes_at, c.intake_ends_at) - interval '1 millisecond') AT TIME ZONE 'Asia/Shanghai')::date::text AS "closesOn",
         c.answer_by::text AS "answerBy", n.starts_on::text AS "startsOn", n.ends_on::text AS "endsOn", n.working_days AS "workingDays"
       FROM funding_call c LEFT JOIN funding_notice n ON n.city_id = c.city_id AND n.call_id = c.id
       WHERE c.city_id = $1 AND c.state IN ('open', 'closed', 'reviewing', 'decided', 'noticed') AND ($2::uuid IS NULL OR c.tenant_id = $2)
       ORDER BY c.answer_by, c.id LIMIT ${DUE_LIMIT}`, [tx.cityId, departmentId]);
    const publicity = parameter('fund.publicity', chinaDate(tx.at));
    return rows.map((row): DueItem => {
      const kind = row.state === 'open' ? 'funding.closing' : row.state === 'noticed' ? 'funding.notice' : 'funding.answer';
      const noticed = kind === 'funding.notice' && row.endsOn !== null;
      return {
        key: `call/${row.id}/${kind}`, kind, title: row.title, href: `/console/calls/${row.id}`, policyId: row.policyId, departmentId: row.tenantId,
        accountId: null, role: 'fund_manager', roleIn: [row.tenantId],
        dueOn: noticed ? row.endsOn : kind === 'funding.closing' ? row.closesOn : row.answerBy,
        basis: noticed
          ? { paramId: 'fund.publicity', article: publicity.source.zh, from: row.startsOn, days: row.workingDays, unit: 'wd' }
          : { paramId: null, article: '', from: null, days: null, unit: null },
      };
    });
  },
};
