import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type AppealDecision, type Decider, decides } from '../domain/appeal';
import { maskPersonal } from '../domain/personal-data';
import { receiptCodeHash } from '../domain/receipt';
import { parseCursor } from './public-consultations';

/** `over`: shown again or withdrawn before anybody decided. */
export type AppealState = 'waiting' | 'decided' | 'over';

/** An appeal as those read it who work on it, with the words it is about. */
export interface Appeal {
  id: string;
  tenantId: string;
  opinionId: string;
  consultationId: string;
  policyId: string;
  title: string;
  receiptNo: string;
  /** Masked for whoever oversees the city. */
  text: string;
  hiddenReason: string;
  hiddenAt: Date;
  hiddenBy: string;
  hiddenByName: string;
  reasons: string;
  filedAt: Date;
  dueOn: IsoDate;
  decider: Decider;
  state: AppealState;
  decision: AppealDecision | null;
  decisionReason: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  /** Whether the person who looks may decide it. */
  mayDecide: boolean;
}

type Row = Omit<Appeal, 'mayDecide'>;

const STATE = `CASE WHEN p.decision IS NOT NULL THEN 'decided' WHEN o.moderation = 'hidden' AND o.moderated_at = p.hidden_at THEN 'waiting' ELSE 'over' END`;
const SELECT = `SELECT p.id, p.tenant_id AS "tenantId", p.opinion_id AS "opinionId", p.consultation_id AS "consultationId", c.policy_id AS "policyId", c.title, o.receipt_no AS "receiptNo", o.text,
    p.hidden_reason AS "hiddenReason", p.hidden_at AS "hiddenAt", p.hidden_by AS "hiddenBy", h.display_name AS "hiddenByName", p.reasons, p.filed_at AS "filedAt", p.due_on::text AS "dueOn", p.decider,
    ${STATE} AS state, p.decision, p.decision_reason AS "decisionReason", d.display_name AS "decidedByName", p.decided_at AS "decidedAt"
  FROM opinion_appeal p JOIN opinion o ON o.city_id = p.city_id AND o.id = p.opinion_id JOIN consultation c ON c.city_id = p.city_id AND c.id = p.consultation_id
  JOIN account h ON h.city_id = p.city_id AND h.id = p.hidden_by LEFT JOIN account d ON d.city_id = p.city_id AND d.id = p.decided_by`;
/** Of one's department, or of the city for who oversees it. */
const MINE = '(p.tenant_id = $2 OR $3)';

const forReader = ({ actor }: TenantTx, row: Row): Appeal => ({
  ...row, text: actor.scope === 'city' ? maskPersonal(row.text) : row.text, reasons: actor.scope === 'city' ? maskPersonal(row.reasons) : row.reasons,
  mayDecide: row.state === 'waiting' && decides(actor, row),
});

const PAGE = 20;

/** The appeals that wait, the one with the nearest last day first; a hundred at most. */
export async function waitingAppeals(tx: TenantTx): Promise<Appeal[]> {
  const rows = await tx.query<Row>(
    `${SELECT} WHERE p.city_id = $1 AND ${MINE} AND p.decision IS NULL AND o.moderation = 'hidden' AND o.moderated_at = p.hidden_at ORDER BY p.due_on, p.id LIMIT 100`,
    [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city']);
  return rows.map((row) => forReader(tx, row));
}

/** One appeal, or "not found". */
export async function readAppeal(tx: TenantTx, appealId: string): Promise<Appeal> {
  const [row] = isId(appealId) ? await tx.query<Row>(`${SELECT} WHERE p.city_id = $1 AND ${MINE} AND p.id = $4`, [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city', appealId]) : [];
  if (!row) throw DomainError.notFound();
  return forReader(tx, row);
}

/** A hidden opinion in the moderation queue. */
export interface HiddenOpinion {
  id: string;
  policyId: string;
  title: string;
  receiptNo: string;
  excerpt: string;
  reason: string;
  hiddenByName: string;
  hiddenAt: Date;
}

/** The opinions of one's department that are hidden, the one hidden last first, twenty a page. */
export async function hiddenOpinions(tx: TenantTx, after?: string): Promise<{ items: HiddenOpinion[]; next: string | null }> {
  const [at, id] = parseCursor(after);
  const rows = await tx.query<HiddenOpinion>(
    `SELECT o.id, c.policy_id AS "policyId", c.title, o.receipt_no AS "receiptNo", left(o.text, 80) AS excerpt, o.moderation_reason AS reason, x.display_name AS "hiddenByName", o.moderated_at AS "hiddenAt"
     FROM opinion o JOIN consultation c ON c.city_id = o.city_id AND c.id = o.consultation_id JOIN account x ON x.city_id = o.city_id AND x.id = o.moderated_by
     WHERE o.city_id = $1 AND (o.tenant_id = $2 OR $3) AND o.moderation = 'hidden' AND ($4::timestamptz IS NULL OR (o.moderated_at, o.id) < ($4::timestamptz, $5::uuid))
     ORDER BY o.moderated_at DESC, o.id DESC LIMIT ${PAGE + 1}`, [tx.cityId, tx.actor.tenantId, tx.actor.scope === 'city', at, id]);
  const items = rows.slice(0, PAGE).map((row) => (tx.actor.scope === 'city' ? { ...row, excerpt: maskPersonal(row.excerpt) } : row));
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, next: last ? `${last.hiddenAt.toISOString()}_${last.id}` : null };
}

/** An appeal as its author sees it: nobody of the department is named. */
export interface OwnAppeal {
  opinionId: string;
  filedAt: Date;
  reasons: string;
  dueOn: IsoDate;
  state: AppealState;
  decision: AppealDecision | null;
  decisionReason: string | null;
  decidedAt: Date | null;
}

const OWN = `SELECT p.opinion_id AS "opinionId", p.filed_at AS "filedAt", p.reasons, p.due_on::text AS "dueOn", ${STATE} AS state, p.decision, p.decision_reason AS "decisionReason", p.decided_at AS "decidedAt",
    o.moderation = 'hidden' AND o.moderated_at = p.hidden_at AS current
  FROM opinion o JOIN opinion_appeal p ON p.city_id = o.city_id AND p.opinion_id = o.id`;

/** What an author may do about a hidden opinion, and the last appeal there was. */
export interface AppealOfAuthor {
  last: OwnAppeal | null;
  /** Hidden, and no appeal against this hiding yet. */
  mayAppeal: boolean;
}

const ofAuthor = (rows: (OwnAppeal & { current: boolean })[], hidden: boolean): AppealOfAuthor => {
  const [last] = rows;
  return { last: last ?? null, mayAppeal: hidden && !rows.some(({ current }) => current) };
};

/** For whoever holds the code of a receipt; runs as the machinery, as `receiptStatus`. */
export async function appealOfReceipt(tx: TenantTx, code: string, hidden: boolean): Promise<AppealOfAuthor> {
  const rows = await tx.query<OwnAppeal & { current: boolean }>(`${OWN} WHERE o.city_id = $1 AND o.receipt_code_hash = $2 ORDER BY p.filed_at DESC`, [tx.cityId, receiptCodeHash(code)]);
  return ofAuthor(rows, hidden);
}

/** For the person who put opinions in while signed in, by opinion; runs as the machinery, for that person's account alone. */
export async function appealsOfAuthor(tx: TenantTx, consultationId: string, accountId: string): Promise<Map<string, AppealOfAuthor>> {
  const rows = await tx.query<OwnAppeal & { current: boolean }>(
    `${OWN} WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.author_account_id = $3 ORDER BY p.filed_at DESC`, [tx.cityId, consultationId, accountId]);
  const byOpinion = new Map<string, (OwnAppeal & { current: boolean })[]>();
  for (const row of rows) byOpinion.set(row.opinionId, [...(byOpinion.get(row.opinionId) ?? []), row]);
  return new Map([...byOpinion].map(([opinionId, of]) => [opinionId, ofAuthor(of, true)]));
}
