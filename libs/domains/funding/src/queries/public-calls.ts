import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { CallState, Criterion } from '../domain/call';
import type { Condition } from '../domain/eligibility';

export interface PublicCallItem {
  id: string;
  title: string;
  state: CallState;
  opensAt: Date;
  closesAt: Date;
  /** The first instant that is too late: `closesAt`, or earlier where the end of the policy ends the time of applying. */
  takesUntil: Date;
  answerBy: string;
  budgetFen: number;
  perAwardMaxFen: number;
  paidFen: number;
  department: string;
  policyId: string;
  policyTitle: string;
}

export interface PublicCall extends PublicCallItem {
  programme: string;
  guide: string;
  /** Each with the label of its clause in the text in force. */
  conditions: (Condition & { clauseLabel: string | null })[];
  criteria: Criterion[];
  expertsNeeded: number;
  divergenceThreshold: number;
  noticeWorkingDays: number;
  hasDraw: boolean;
  hasNotice: boolean;
}

const PAGE = 20;
const COLUMNS = `c.id, c.title, c.state, c.opens_at AS "opensAt", c.closes_at AS "closesAt", least(c.closes_at, c.intake_ends_at) AS "takesUntil", c.answer_by::text AS "answerBy", c.budget_fen::float8 AS "budgetFen",
  c.per_award_max_fen::float8 AS "perAwardMaxFen", c.paid_fen::float8 AS "paidFen", d.short_name AS department, p.id AS "policyId", p.title AS "policyTitle"`;
const FROM = `FROM funding_call c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id`;

/** The calls of a city, those that close last first, twenty a page. `after` is `<closing instant>_<id>` of the last one seen. */
export async function listPublicCalls(reader: PublicReader, cityId: string, after?: string): Promise<{ items: PublicCallItem[]; next: string | null }> {
  const [at, id] = after ? after.split('_') : [];
  if (after && (!at || Number.isNaN(Date.parse(at)) || !isId(id))) throw DomainError.invalid('common:error.badCursor');
  const rows = await reader.query<PublicCallItem>(
    `SELECT ${COLUMNS} ${FROM} WHERE c.city_id = $1 AND c.state <> 'draft' AND ($2::timestamptz IS NULL OR (c.closes_at, c.id) < ($2::timestamptz, $3::uuid))
     ORDER BY c.closes_at DESC, c.id DESC LIMIT ${PAGE + 1}`, [cityId, at ?? null, id ?? null]);
  const items = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.closesAt.toISOString()}_${last.id}` : null };
}

/** One opened call with all that an applicant has to know. */
export async function readPublicCall(reader: PublicReader, cityId: string, id: string): Promise<PublicCall> {
  if (!isId(id)) throw DomainError.notFound();
  const [row] = await reader.query<PublicCall & { clauses: Record<string, string> | null }>(
    `SELECT ${COLUMNS}, g.title AS programme, c.guide, c.conditions, c.criteria, c.experts_needed AS "expertsNeeded", c.divergence_threshold AS "divergenceThreshold",
       c.notice_working_days AS "noticeWorkingDays",
       EXISTS (SELECT 1 FROM expert_draw w WHERE w.city_id = $1 AND w.call_id = c.id) AS "hasDraw",
       EXISTS (SELECT 1 FROM funding_notice n WHERE n.city_id = $1 AND n.call_id = c.id) AS "hasNotice",
       (SELECT json_object_agg(o.identity, o.label) FROM provision o WHERE o.city_id = $1 AND o.version_id = p.current_version_id) AS clauses
     ${FROM} JOIN fund_programme g ON g.city_id = c.city_id AND g.id = c.programme_id WHERE c.city_id = $1 AND c.id = $2`, [cityId, id]);
  if (!row) throw DomainError.notFound();
  const { clauses, ...call } = row;
  return { ...call, conditions: row.conditions.map((condition) => ({ ...condition, clauseLabel: clauses?.[condition.clause] ?? null })) };
}
