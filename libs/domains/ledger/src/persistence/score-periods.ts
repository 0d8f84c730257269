import type { Measure } from '@core/policy';
import { canonicalJson, DomainError, type IsoDate, sha256Hex } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Weights } from '../domain/scorecard';

/** A closed period. `publishedAt` null: it is still open to appeals and decisions. */
export interface ScorePeriodRow {
  id: string;
  label: string;
  from: IsoDate;
  to: IsoDate;
  weights: Weights;
  decideDays: number;
  appealUntil: IsoDate;
  edition: number;
  closedBy: string;
  closedAt: Date;
  publishedAt: Date | null;
  sections: Readonly<Record<string, string>>;
}

const COLUMNS = `id, label, from_on::text AS from, to_on::text AS to, weights, decide_days AS "decideDays", appeal_until::text AS "appealUntil", edition, closed_by AS "closedBy", closed_at AS "closedAt",
  published_at AS "publishedAt", sections`;

/** The closed period of a label; null while it runs or nobody has closed it. */
export async function closedPeriod(tx: TenantTx, label: string): Promise<ScorePeriodRow | null> {
  const [row] = await tx.query<ScorePeriodRow>(`SELECT ${COLUMNS} FROM scorecard_period WHERE city_id = $1 AND label = $2`, [tx.cityId, label]);
  return row ?? null;
}

/** As `closedPeriod`, held until the end of the transaction: for whoever changes it, or for those who add to it and must not be overtaken by a publication. */
export async function holdPeriod(tx: TenantTx, by: { label: string } | { id: string }, mode: 'UPDATE' | 'SHARE'): Promise<ScorePeriodRow> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['label', by.label];
  const [row] = await tx.query<ScorePeriodRow>(`SELECT ${COLUMNS} FROM scorecard_period WHERE city_id = $1 AND ${column} = $2 FOR ${mode}`, [tx.cityId, value]);
  if (!row) throw DomainError.notFound();
  return row;
}

/** Cases of a period as decisions have made them: `counted` is met, `excluded` is in no figure. */
export const DECIDED_CASES = `SELECT c.*, a.id AS appeal_id, a.decision, CASE a.decision WHEN 'counted' THEN 'met' WHEN 'excluded' THEN 'excluded' ELSE c.state END AS standing
  FROM scorecard_case c LEFT JOIN scorecard_appeal a ON a.city_id = c.city_id AND a.period_id = c.period_id AND a.case_key = c.key WHERE c.city_id = $1 AND c.period_id = $2`;

/**
 * Writes an edition: the figures of every department over all cases as they are decided by now, and the hash of these figures, which goes into the audit log too. Earlier editions
 * stay. The period is held. Answers the hash.
 */
export async function writeEdition(tx: TenantTx, periodId: string, no: number, tenantId: string | null, appealId: string | null): Promise<string> {
  const figures = await tx.query<{ tenantId: string; measure: Measure; met: number; counted: number }>(
    `SELECT d.tenant_id AS "tenantId", d.measure, count(*) FILTER (WHERE d.standing = 'met')::integer AS met, count(*)::integer AS counted FROM (${DECIDED_CASES}) d
     WHERE d.standing <> 'excluded' GROUP BY d.tenant_id, d.measure ORDER BY d.tenant_id, d.measure`, [tx.cityId, periodId]);
  const hash = sha256Hex(canonicalJson(figures));
  await tx.query('INSERT INTO scorecard_edition (city_id, period_id, no, tenant_id, appeal_id, content_hash, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [tx.cityId, periodId, no, tenantId, appealId, hash, tx.actor.accountId, tx.at]);
  await tx.query(
    `INSERT INTO scorecard_figure (city_id, period_id, edition, tenant_id, measure, met, counted)
     SELECT $1, $2, $3, f."tenantId", f.measure, f.met, f.counted FROM jsonb_to_recordset($4::jsonb) AS f ("tenantId" uuid, measure text, met integer, counted integer)`, [tx.cityId, periodId, no, JSON.stringify(figures)]);
  return hash;
}
