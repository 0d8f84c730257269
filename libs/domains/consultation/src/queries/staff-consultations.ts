import type { TenantTx } from '@platform/persistence';
import type { ConsultationState } from '../domain/transitions';
import { lastDayOf, type WindowBasis } from '../domain/window';
import type { ResultFigures } from '../domain/figures';
import { parseCursor } from './public-consultations';

export interface StaffConsultation {
  id: string;
  policyId: string;
  title: string;
  purpose: string;
  state: ConsultationState;
  opensAt: Date;
  closesAt: Date;
  lastDay: string;
  /** Whether the window's instant has come. */
  over: boolean;
  basis: WindowBasis;
  shortenedReason: string | null;
  extensionNotice: string | null;
  resultText: string | null;
  resultFigures: ResultFigures | null;
  resultPublishedAt: Date | null;
  received: number;
  hidden: number;
  withdrawn: number;
  unanswered: number;
  answered: number;
  approved: number;
}

const COLUMNS = `c.id, c.policy_id AS "policyId", c.title, c.purpose, c.state, c.opens_at AS "opensAt", c.closes_at AS "closesAt", c.basis, c.shortened_reason AS "shortenedReason",
  c.extension_notice AS "extensionNotice", c.result_text AS "resultText", c.result_figures AS "resultFigures", c.result_published_at AS "resultPublishedAt", n.*`;
/**
 * The row keeps what is hidden and withdrawn and, once it is closed, what was received; the rest are two counts from indexes. An answer is to an opinion that was not withdrawn, and one
 * opinion has one, so what they leave has none.
 */
const COUNTS = `LEFT JOIN LATERAL (
    SELECT r.received, c.hidden_count AS hidden, c.withdrawn_count AS withdrawn, r.received - c.withdrawn_count - s.answered - s.approved AS unanswered, s.answered, s.approved
    FROM (SELECT coalesce(c.received_count, (SELECT count(*)::integer FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = c.id)) AS received) r,
      (SELECT (count(*) - count(a.approved_at))::integer AS answered, count(a.approved_at)::integer AS approved FROM opinion_answer a WHERE a.city_id = $1 AND a.consultation_id = c.id) s) n ON true`;

type Row = Omit<StaffConsultation, 'lastDay' | 'over'>;
const PAGE = 20;

const view = (row: Row, now: Date): StaffConsultation => ({ ...row, lastDay: lastDayOf(row.closesAt), over: now >= row.closesAt });

/** The consultations of the actor's department, newest first, twenty a page; those of every department for who oversees the city. */
export async function listStaffConsultations(tx: TenantTx, after?: string): Promise<{ items: StaffConsultation[]; next: string | null }> {
  const [at, id] = parseCursor(after);
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM consultation c ${COUNTS}
     WHERE c.city_id = $1 AND (c.tenant_id = $2 OR $3) AND ($4::timestamptz IS NULL OR (c.opens_at, c.id) < ($4::timestamptz, $5::uuid))
     ORDER BY c.opens_at DESC, c.id DESC LIMIT ${PAGE + 1}`, [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city', at, id]);
  const items = rows.slice(0, PAGE).map((row) => view(row, tx.at));
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.opensAt.toISOString()}_${last.id}` : null };
}

/** The consultations of a policy, newest first; few, one for each draft that the public was asked about. */
export async function staffConsultationsOf(tx: TenantTx, policyId: string): Promise<StaffConsultation[]> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM consultation c ${COUNTS} WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY c.opens_at DESC, c.id DESC`, [tx.cityId, policyId]);
  return rows.map((row) => view(row, tx.at));
}
