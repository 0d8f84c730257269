import { type Actor, chinaDate, DomainError, newId, type UnmetGate } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { deadline } from '@core/statutes';
import { Injectable } from '@nestjs/common';
import { APPLICATION_LIFE, missingFields } from '../domain/application';
import { type ConditionResult, match } from '../domain/eligibility';
import { requireStaff } from '../funding.access';
import { FUNDING_EVENTS } from '../funding.events';
import type { CallRow } from '../persistence/call.entity';
import { writeHistory } from '../persistence/history.repository';
import { lockApplication } from '../persistence/locks';
import { applications } from '../persistence/repositories';
import { articleOf, clauseNames } from '../queries/clauses';

export interface CheckApplicationInput {
  outcome: 'accepted' | 'correction' | 'rejected';
  /** What was found; the applicant reads it. */
  findings: string;
  /** For each condition that the register cannot answer and a person found met: its place in the call's list, from 0, and the evidence. */
  confirmed?: { index: number; evidence: string }[];
}

type Checked = ConditionResult & { evidence: string | null };

const CORRECTION_DAYS = 5;
const TRANSITION = { accepted: 'accept', correction: 'ask_correction', rejected: 'reject' } as const;

/**
 * The completeness check, signed by the fund manager. A condition that is not met cannot be waved through; one that is unknown passes only on
 * evidence that a person writes down under their name.
 */
@Injectable()
export class CheckApplication {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, applicationId: string, input: CheckApplicationInput): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { call, application } = await lockApplication(tx, applicationId);
      requireStaff(actor, 'funding.manage', call);
      const { to } = APPLICATION_LIFE.require(TRANSITION[input.outcome], application.state);
      if (call.state !== 'open' && call.state !== 'closed') throw DomainError.conflict('common:error.wrongState', { subject: 'funding_call', state: call.state, transition: 'check' });
      if (input.findings.trim() === '') throw DomainError.invalid('funding:error.findingsMissing', [{ field: 'findings', key: 'funding:error.findingsMissing' }]);
      const evidence = new Map((input.confirmed ?? []).map(({ index, evidence: text }) => [index, text.trim()]));
      const checked = match(call.conditions, application.facts).map((result, index) => ({ ...result, evidence: evidence.get(index) || null }));
      if (input.outcome === 'accepted') {
        const missing = missingFields(application.data, call.perAwardMaxFen);
        if (missing.length > 0) throw DomainError.conflict(missing[0]!.key);
        await this.requireEligible(tx, call, checked);
      }
      const correctionDue = input.outcome === 'correction' ? deadline({ from: chinaDate(tx.at), days: CORRECTION_DAYS, unit: 'wd' }).due : null;
      await applications.update(tx, application.id, { state: to, correctionDue, rowVersion: application.rowVersion + 1 });
      await tx.query(
        `INSERT INTO completeness_check (city_id, id, tenant_id, call_id, application_id, outcome, findings, conditions, checked_by, checked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [tx.cityId, newId(), call.tenantId, call.id, application.id, input.outcome, input.findings, JSON.stringify(checked), actor.accountId, tx.at]);
      await writeHistory(tx, application, input.outcome, input.findings);
      await emit(tx, { type: FUNDING_EVENTS.applicationChecked, payload: { applicationId: application.id } });
      recordAudit(tx, {
        action: `funding.application_${input.outcome}`, subjectType: 'fund_application', subjectId: application.id,
        details: { findings: input.findings, conditions: checked, data: application.data },
      });
    });
  }

  private async requireEligible(tx: TenantTx, call: CallRow, checked: readonly Checked[]): Promise<void> {
    const open = checked.filter(({ verdict, evidence }) => verdict === 'unmet' || (verdict === 'unknown' && !evidence));
    if (open.length === 0) return;
    const names = await clauseNames(tx, call.policyId);
    const gates = open.map(({ verdict, label, actual, clause }): UnmetGate => ({
      gate: 'funding.condition', key: verdict === 'unmet' ? 'funding:gate.conditionUnmet' : 'funding:gate.conditionUnknown',
      params: { label, actual: actual ?? '' }, article: articleOf(names, clause),
    }));
    throw new DomainError('conflict', 'funding:error.notEligible', { gates });
  }
}
