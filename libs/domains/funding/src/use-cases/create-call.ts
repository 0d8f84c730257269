import { type Actor, chinaDate, DomainError, type Fen, type FieldError, type IsoDate, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { UnitOfWork } from '@platform/persistence';
import { mayBlock, parameter } from '@core/statutes';
import { Injectable } from '@nestjs/common';
import { ARTICLES } from '../domain/articles';
import { criteriaFit, type Criterion } from '../domain/call';
import type { Condition } from '../domain/eligibility';
import { requireStaff } from '../funding.access';
import { calls, programmes } from '../persistence/repositories';
import { clauseNames } from '../queries/clauses';

export interface CreateCallInput {
  title: string;
  guide: string;
  budgetFen: Fen;
  perAwardMaxFen: Fen;
  opensAt: Date;
  closesAt: Date;
  /** The day by which applicants are told the result. */
  answerBy: IsoDate;
  conditions: Condition[];
  criteria: Criterion[];
  expertField?: string | null;
  expertsNeeded: number;
  /** Points; 20 unless the department sets another. */
  divergenceThreshold?: number;
  /** Working days; 7 unless the department sets another, never below the floor of 政府采购法实施条例 §38 (by analogy). */
  noticeWorkingDays?: number;
}

const bad = (field: string, key: string, params?: Record<string, unknown>): FieldError => ({ field, key, ...(params ? { params } : {}) });

function faults(input: CreateCallInput, clauses: ReadonlyMap<string, string>, today: IsoDate): FieldError[] {
  const floor = parameter('fund.publicity.analogy', today);
  const found: FieldError[] = [];
  if (!Number.isSafeInteger(input.budgetFen) || input.budgetFen <= 0) found.push(bad('budgetYuan', 'funding:error.amountMissing'));
  if (!Number.isSafeInteger(input.perAwardMaxFen) || input.perAwardMaxFen <= 0) found.push(bad('perAwardMaxYuan', 'funding:error.amountMissing'));
  else if (input.perAwardMaxFen > input.budgetFen) found.push(bad('perAwardMaxYuan', 'funding:error.maxOverBudget'));
  if (input.opensAt >= input.closesAt) found.push(bad('closesAt', 'funding:error.closesBeforeOpens'));
  if (input.answerBy <= chinaDate(input.closesAt)) found.push(bad('answerBy', 'funding:error.answerBeforeClose'));
  if (!criteriaFit(input.criteria)) found.push(bad('criteria', 'funding:error.criteriaFit'));
  const unknown = input.conditions.find((condition) => !clauses.has(condition.clause));
  if (unknown) found.push(bad('conditions', 'funding:error.conditionClause', { clause: unknown.clause }));
  if (!Number.isInteger(input.expertsNeeded) || input.expertsNeeded < 3 || input.expertsNeeded > 15) found.push(bad('expertsNeeded', 'funding:error.expertsNeeded'));
  if (mayBlock(floor) && (input.noticeWorkingDays ?? 7) < floor.value.floor) {
    found.push(bad('noticeWorkingDays', 'funding:error.noticeTooShort', { min: floor.value.floor, article: ARTICLES.notice }));
  }
  return found;
}

/** Prepares a call under a programme; nobody outside the department sees it before it is opened. */
@Injectable()
export class CreateCall {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, programmeId: string, input: CreateCallInput): Promise<{ id: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const programme = await programmes.lockForShare(tx, programmeId);
      requireStaff(actor, 'funding.manage', programme);
      const { labels } = await clauseNames(tx, programme.policyId);
      const fields = faults(input, labels, chinaDate(tx.at));
      if (fields.length > 0) throw DomainError.invalid('common:error.validation', fields);
      const id = newId();
      await calls.insert(tx, {
        id, tenantId: actor.tenantId, programmeId: programme.id, policyId: programme.policyId, title: input.title.trim(), guide: input.guide.trim(),
        budgetFen: input.budgetFen, perAwardMaxFen: input.perAwardMaxFen, paidFen: 0, opensAt: input.opensAt, closesAt: input.closesAt, intakeEndsAt: null, answerBy: input.answerBy,
        conditions: input.conditions, criteria: input.criteria, expertField: input.expertField || null, expertsNeeded: input.expertsNeeded,
        divergenceThreshold: input.divergenceThreshold ?? 20, noticeWorkingDays: input.noticeWorkingDays ?? 7, state: 'draft',
        createdBy: actor.accountId, createdAt: tx.at, openedAt: null,
      });
      recordAudit(tx, { action: 'funding.call_created', subjectType: 'funding_call', subjectId: id, details: { programmeId, budgetFen: input.budgetFen } });
      return { id };
    });
  }
}
