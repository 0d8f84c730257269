import { DomainError, type Fen } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { ApplicationData, ApplicationState } from '../domain/application';
import type { CallState } from '../domain/call';
import { reviewStatus, type ReviewStatus } from '../domain/review';
import type { CallRow } from '../persistence/call.entity';
import type { AssignmentRow, DrawRow } from '../persistence/draw.entity';
import { noticeOf } from '../persistence/notice.repository';
import { assignments, calls, draws } from '../persistence/repositories';

export interface CallListItem {
  id: string;
  title: string;
  state: CallState;
  closesAt: Date;
  budgetFen: Fen;
  paidFen: Fen;
  applications: number;
  unchecked: number;
}

/** The calls of a department, newest first; with `policyId` those under one policy. */
export function listCalls(tx: TenantTx, policyId: string | null = null): Promise<CallListItem[]> {
  return tx.query<CallListItem>(
    `SELECT c.id, c.title, c.state, least(c.closes_at, c.intake_ends_at) AS "closesAt", c.budget_fen::float8 AS "budgetFen", c.paid_fen::float8 AS "paidFen",
       (SELECT count(*)::int FROM fund_application a WHERE a.city_id = $1 AND a.call_id = c.id AND a.state NOT IN ('draft', 'withdrawn')) AS applications,
       (SELECT count(*)::int FROM fund_application a WHERE a.city_id = $1 AND a.call_id = c.id AND a.state = 'submitted') AS unchecked
     FROM funding_call c WHERE c.city_id = $1 AND ($2::uuid IS NULL OR c.policy_id = $2) AND (c.tenant_id = $3 OR $4)
     ORDER BY c.created_at DESC, c.id DESC LIMIT 100`, [tx.cityId, policyId, tx.actor.tenantId, tx.actor.scope === 'city']);
}

export interface DeskApplication {
  id: string;
  receipt: string;
  enterprise: string;
  state: ApplicationState;
  data: ApplicationData;
  submittedAt: Date;
  reviews: (Pick<AssignmentRow, 'id' | 'step' | 'why' | 'conflict' | 'conflictReason' | 'total' | 'comment' | 'signedAt'> & { code: string })[];
  review: ReviewStatus | null;
  decision: { granted: boolean; amountFen: Fen; reason: string } | null;
  award: { id: string; amountFen: Fen; paidFen: Fen; leftFen: Fen; nextInstalment: number } | null;
}

export interface CallDesk {
  call: CallRow;
  applications: DeskApplication[];
  draw: DrawRow | null;
  notice: { startsOn: string; endsOn: string } | null;
  objections: { id: string; author: string; text: string; state: 'open' | 'resolved'; upheld: boolean | null; answer: string | null; about: string | null; createdAt: Date }[];
  candidates: { id: string; code: string; name: string; employer: string }[];
}

interface Row extends Omit<DeskApplication, 'reviews' | 'review'> {
  submittedAt: Date;
}

/** One call as its department works on it. A fixed number of statements, however many applications. */
export async function readCallDesk(tx: TenantTx, callId: string): Promise<CallDesk> {
  const call = await calls.require(tx, callId);
  if (call.tenantId !== tx.actor.tenantId && tx.actor.scope !== 'city') throw DomainError.notFound();
  const rows = await tx.query<Row>(
    `SELECT a.id, a.receipt, e.name AS enterprise, a.state, a.data, a.submitted_at AS "submittedAt",
       (SELECT json_build_object('granted', d.granted, 'amountFen', d.amount_fen, 'reason', d.reason) FROM fund_decision d WHERE d.city_id = $1 AND d.application_id = a.id) AS decision,
       (SELECT json_build_object('id', w.id, 'amountFen', w.amount_fen, 'paidFen', w.paid_fen, 'leftFen', w.amount_fen - w.paid_fen,
          'nextInstalment', 1 + (SELECT count(*) FROM fund_payment m WHERE m.city_id = $1 AND m.award_id = w.id))
        FROM fund_award w WHERE w.city_id = $1 AND w.call_id = a.call_id AND w.enterprise_id = a.enterprise_id) AS award
     FROM fund_application a JOIN enterprise e ON e.city_id = a.city_id AND e.id = a.enterprise_id
     WHERE a.city_id = $1 AND a.call_id = $2 AND a.state NOT IN ('draft', 'withdrawn') ORDER BY a.submitted_at, a.id`, [tx.cityId, callId]);
  const candidates = await tx.query<CallDesk['candidates'][number]>(
    `SELECT p.id, p.code, a.display_name AS name, p.employer_name AS employer FROM expert_profile p JOIN account a ON a.city_id = p.city_id AND a.id = p.account_id
     WHERE p.city_id = $1 AND p.active AND ($2::text IS NULL OR p.field = $2) ORDER BY p.code`, [tx.cityId, call.expertField]);
  const codes = new Map(candidates.map(({ id, code }) => [id, code]));
  const reviews = await assignments.find(tx, { callId }, { step: 'ASC' });
  return {
    call,
    applications: rows.map((row) => {
      const own = reviews.filter(({ applicationId }) => applicationId === row.id);
      return {
        ...row,
        reviews: own.map((review) => ({ ...review, code: codes.get(review.expertId) ?? '' })),
        review: own.length > 0 ? reviewStatus(own, call.expertsNeeded, call.divergenceThreshold) : null,
      };
    }),
    draw: await draws.findOne(tx, { callId }),
    notice: await noticeOf(tx, callId),
    objections: await tx.query<CallDesk['objections'][number]>(
      `SELECT o.id, o.author_name AS author, o.text, o.state, o.upheld, o.answer, d.project_title AS about, o.created_at AS "createdAt" FROM fund_objection o
       LEFT JOIN fund_decision d ON d.city_id = o.city_id AND d.id = o.decision_id WHERE o.city_id = $1 AND o.call_id = $2 ORDER BY o.created_at`, [tx.cityId, callId]),
    candidates,
  };
}
