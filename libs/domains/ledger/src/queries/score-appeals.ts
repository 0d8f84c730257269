import type { Measure } from '@core/policy';
import { DomainError, type IsoDate, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { ScoreDecision } from '../domain/score-appeal';
import { oversees } from '../ledger.access';

export interface ScoreAppeal {
  id: string;
  label: string;
  departmentId: string;
  department: string;
  measure: Measure;
  what: string;
  title: string;
  caseHref: string;
  limit: IsoDate | null;
  done: IsoDate | null;
  why: string;
  reason: string;
  evidence: string;
  filer: string;
  filedAt: Date;
  dueOn: IsoDate;
  decision: ScoreDecision | null;
  decisionReason: string;
  decider: string | null;
  decidedAt: Date | null;
  edition: number | null;
  mayDecide: boolean;
}

const SELECT = `SELECT a.id, s.label, a.tenant_id AS "departmentId", d.short_name AS department, c.measure, c.what, c.title, c.href AS "caseHref", c.limit_on::text AS limit, c.done_on::text AS done, c.why, a.reason, a.evidence,
    f.display_name AS filer, a.filed_by AS "filedById", a.filed_at AS "filedAt", a.due_on::text AS "dueOn", a.decision, a.decision_reason AS "decisionReason", e.display_name AS decider, a.decided_at AS "decidedAt", a.edition
  FROM scorecard_appeal a JOIN scorecard_period s ON s.city_id = a.city_id AND s.id = a.period_id JOIN scorecard_case c ON c.city_id = a.city_id AND c.period_id = a.period_id AND c.key = a.case_key
  JOIN department d ON d.city_id = a.city_id AND d.id = a.tenant_id JOIN account f ON f.city_id = a.city_id AND f.id = a.filed_by LEFT JOIN account e ON e.city_id = a.city_id AND e.id = a.decided_by
  WHERE a.city_id = $1`;

type Row = ScoreAppeal & { filedById: string };

const shown = (tx: TenantTx, { filedById, ...row }: Row): ScoreAppeal => ({ ...row, mayDecide: row.decision === null && oversees(tx.actor) && filedById !== tx.actor.accountId });

/** Most appeals of a list. */
const LISTED = 200;

/** Appeals that the reader may see, what waits first; of one period where it is told. */
export async function scoreAppeals(tx: TenantTx, label: string | null = null): Promise<ScoreAppeal[]> {
  const rows = await tx.query<Row>(`${SELECT} AND ($2::text IS NULL OR s.label = $2) ORDER BY (a.decision IS NOT NULL), a.due_on, a.id LIMIT ${LISTED}`, [tx.cityId, label]);
  return rows.map((row) => shown(tx, row));
}

/** @throws DomainError not_found for another department's and for rubbish */
export async function scoreAppeal(tx: TenantTx, id: string): Promise<ScoreAppeal> {
  const [row] = isId(id) ? await tx.query<Row>(`${SELECT} AND a.id = $2`, [tx.cityId, id]) : [];
  if (!row) throw DomainError.notFound();
  return shown(tx, row);
}

export interface ScoreEdition {
  no: number;
  madeAt: Date;
  maker: string;
  contentHash: string;
  /** The upheld appeal that made it; null for the first one. Null too where the reader may not see the appeal: then only the department is told. */
  appealId: string | null;
  decision: ScoreDecision | null;
  title: string | null;
  reason: string | null;
  department: string | null;
}

/** Every edition of a closed period, the newest first. */
export const scoreEditions = (tx: TenantTx, periodId: string): Promise<ScoreEdition[]> => tx.query<ScoreEdition>(
  `SELECT e.no, e.made_at AS "madeAt", m.display_name AS maker, e.content_hash AS "contentHash", a.id AS "appealId", a.decision, c.title, a.decision_reason AS reason, CASE WHEN e.no > 1 THEN d.short_name END AS department
   FROM scorecard_edition e JOIN account m ON m.city_id = e.city_id AND m.id = e.made_by JOIN department d ON d.city_id = e.city_id AND d.id = e.tenant_id
   LEFT JOIN scorecard_appeal a ON a.city_id = e.city_id AND a.id = e.appeal_id LEFT JOIN scorecard_case c ON c.city_id = a.city_id AND c.period_id = a.period_id AND c.key = a.case_key
   WHERE e.city_id = $1 AND e.period_id = $2 ORDER BY e.no DESC LIMIT 100`, [tx.cityId, periodId]);
