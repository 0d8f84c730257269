import type { Measure, MeasureCase, MeasureRegistry } from '@core/policy';
import { DomainError, type IsoDate, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { ScoreDecision } from '../domain/score-appeal';
import { DECIDED_CASES } from '../persistence/score-periods';
import type { ScoreFrame } from './scorecard';

/** How a case stands in the figures: as it was, or as an appeal has made it. */
export type CaseStanding = MeasureCase['state'] | 'excluded';
export const STANDINGS: readonly CaseStanding[] = ['missed', 'met', 'excluded', 'pending'];

export interface ScoreCase extends MeasureCase {
  standing: CaseStanding;
  appealId: string | null;
  decision: ScoreDecision | null;
  decisionReason: string;
}

const FROZEN = `SELECT d.key, d.measure, d.what, d.tenant_id AS "departmentId", d.policy_id AS "policyId", d.title, d.href, d.from_on::text AS from, d.limit_on::text AS limit, d.done_on::text AS done,
  d.state, d.why, d.article, d.standing, d.appeal_id AS "appealId", d.decision, x.decision_reason AS "decisionReason"
  FROM (${DECIDED_CASES}) d LEFT JOIN scorecard_appeal x ON x.city_id = d.city_id AND x.id = d.appeal_id`;

const live = (one: MeasureCase): ScoreCase => ({ ...one, standing: one.state, appealId: null, decision: null, decisionReason: '' });

/** The cases behind one figure: not counted first, then counted, then what was left out or is pending. */
export async function scoreCases(tx: TenantTx, measures: MeasureRegistry, frame: ScoreFrame, departmentId: string, measure: Measure): Promise<ScoreCase[]> {
  if (!isId(departmentId) || !(frame.all || departmentId === tx.actor.tenantId)) throw DomainError.notFound();
  const found = frame.closed
    ? await tx.query<ScoreCase>(`${FROZEN} WHERE d.tenant_id = $3 AND d.measure = $4`, [tx.cityId, frame.closed.id, departmentId, measure])
    : (await measures.cases(tx, frame, departmentId)).filter((one) => one.measure === measure).map(live);
  const rank = (one: ScoreCase): string => `${STANDINGS.indexOf(one.standing)} ${one.limit ?? one.from ?? ''} ${one.key}`;
  return found.map((one) => ({ ...one, decisionReason: one.decisionReason ?? '' })).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** One case of a closed period, of the reader's own department. @throws DomainError not_found */
export async function scoreCase(tx: TenantTx, frame: ScoreFrame, key: string): Promise<ScoreCase> {
  const [found] = frame.closed ? await tx.query<ScoreCase>(`${FROZEN} WHERE d.key = $3 AND d.tenant_id = $4`, [tx.cityId, frame.closed.id, key, tx.actor.tenantId]) : [];
  if (!found) throw DomainError.notFound();
  return found;
}

export interface ScoreDifference {
  key: string;
  departmentId: string;
  department: string;
  measure: Measure;
  what: string;
  title: string;
  href: string;
  /** As it was closed; null where the case has come since. */
  closed: MeasureCase['state'] | null;
  /** As the records say it now; null where they know no such case any more. */
  now: MeasureCase['state'] | null;
  limit: IsoDate | null;
}

/** Where the records of today would tell a closed case otherwise. Shown, and never written into the closed figures. */
export async function scoreDifferences(tx: TenantTx, measures: MeasureRegistry, frame: ScoreFrame): Promise<ScoreDifference[]> {
  if (!frame.closed) return [];
  // Until it is published a reader compares his own department; the records of others are not his to recount.
  const only = tx.actor.scope === 'city' ? null : tx.actor.tenantId;
  const was = await tx.query<MeasureCase>(
    `SELECT key, measure, what, tenant_id AS "departmentId", title, href, limit_on::text AS limit, state FROM scorecard_case WHERE city_id = $1 AND period_id = $2 AND ($3::uuid IS NULL OR tenant_id = $3)`,
    [tx.cityId, frame.closed.id, only]);
  const names = new Map((await tx.query<{ id: string; name: string }>('SELECT id, short_name AS name FROM department WHERE city_id = $1', [tx.cityId])).map(({ id, name }) => [id, name]));
  const [before, now] = [was, await measures.cases(tx, frame, only)].map((cases) => new Map(cases.map((one) => [one.key, one]))) as [Map<string, MeasureCase>, Map<string, MeasureCase>];
  return [...new Set([...before.keys(), ...now.keys()])].sort().flatMap((key) => {
    const [old, fresh] = [before.get(key), now.get(key)];
    const one = old ?? fresh;
    if (!one || (old?.state === fresh?.state && old?.departmentId === fresh?.departmentId)) return [];
    const { departmentId, measure, what, title, href, limit } = one;
    return [{ key, departmentId, department: names.get(departmentId) ?? '', measure, what, title, href, limit, closed: old?.state ?? null, now: fresh?.state ?? null }];
  });
}
