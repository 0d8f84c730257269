import { latestSubmittedVersion, LifeCycle, policies, type PolicyRow } from '@core/policy';
import { deadline } from '@core/statutes';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, isId, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { circulationArticle } from '../domain/articles';
import { assertCan } from '../drafting.access';
import { CIRCULATION_OPENED } from '../drafting.events';
import { openDraft } from '../persistence/draft-text';
import { circulations } from '../persistence/repositories';
import { requiredWords } from './circulation-at-hand';

export interface NewCirculation {
  letter: string;
  departmentIds: readonly string[];
  /** No law gives a figure: the letter sets the time, one to sixty working days. */
  workingDays: number;
}

const MOST_DAYS = 60;

/** 征求部门意见: asks other departments about the latest submitted version, by a day that is counted in working days. They see the matter from then on. */
@Injectable()
export class OpenCirculation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string, input: NewCirculation): Promise<{ id: string; replyOn: string }> {
    return this.unitOfWork.run(actor, (tx) => this.open(tx, policyId, input));
  }

  private async open(tx: TenantTx, policyId: string, input: NewCirculation): Promise<{ id: string; replyOn: string }> {
    const policy = await policies.lockForUpdate(tx, policyId);
    assertCan(tx.actor, 'drafting.write', policy);
    const versionId = await this.versionToAskAbout(tx, policy);
    const letter = requiredWords(input.letter, 'letter', 'circulation:error.letter');
    const { workingDays } = input;
    if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > MOST_DAYS) {
      throw DomainError.invalid('circulation:error.workingDays', [{ field: 'workingDays', key: 'circulation:error.workingDays' }]);
    }
    const departments = await this.departments(tx, policy, input.departmentIds);
    const { due: replyOn } = deadline({ from: chinaDate(tx.at), days: workingDays, unit: 'wd' });
    const id = newId();
    await circulations.insert(tx, {
      id, tenantId: policy.tenantId, policyId, versionId, letter, workingDays, replyOn, state: 'open', openedBy: tx.actor.accountId ?? '', openedAt: tx.at, closedBy: null, closedAt: null, rowVersion: 1,
    });
    await tx.query(
      `INSERT INTO circulation_invitation (city_id, circulation_id, tenant_id, owner_tenant_id, policy_id, opened_at) SELECT $1, $2, d, $3, $4, $5 FROM unnest($6::uuid[]) d`,
      [tx.cityId, id, policy.tenantId, policyId, tx.at, departments]);
    await tx.query(
      `INSERT INTO participation (city_id, policy_id, tenant_id, owner_tenant_id, capacity, since) SELECT $1, $2, d, $3, 'countersign', $4 FROM unnest($5::uuid[]) d
       ON CONFLICT (city_id, policy_id, tenant_id, capacity) DO NOTHING`, [tx.cityId, policyId, policy.tenantId, tx.at, departments]);
    await this.lifeCycle.record(tx, policy, 'circulation_opened', { details: { circulationId: id, versionId, departments, replyOn } });
    await emit(tx, { type: CIRCULATION_OPENED, tenantId: policy.tenantId, payload: { policyId, circulationId: id } });
    recordAudit(tx, { action: 'drafting.circulation_opened', subjectType: 'circulation', subjectId: id, tenantId: policy.tenantId, details: { policyId, versionId, departments, workingDays, replyOn } });
    return { id, replyOn };
  }

  /** Departments are asked about a text that stands: a draft would change under their eyes. */
  private async versionToAskAbout(tx: TenantTx, policy: PolicyRow): Promise<string> {
    const refuse = (key: string): DomainError => new DomainError('conflict', `circulation:error.${key}`, { article: circulationArticle(policy.kind) });
    if (policy.state !== 'drafting' && policy.state !== 'consulting') throw refuse('policyPast');
    const latest = await latestSubmittedVersion(tx, policy.id);
    if (!latest || (await openDraft(tx, policy.id))) throw refuse('onlySubmitted');
    const standing = await circulations.findOne(tx, { policyId: policy.id, state: 'open' });
    if (standing) throw refuse('alreadyOpen');
    return latest.id;
  }

  private async departments(tx: TenantTx, policy: PolicyRow, wanted: readonly string[]): Promise<string[]> {
    const ids = [...new Set(wanted)];
    const known = ids.every(isId)
      ? await tx.query<{ id: string }>('SELECT id FROM department WHERE city_id = $1 AND id = ANY ($2::uuid[]) AND id <> $3', [tx.cityId, ids, policy.tenantId]) : [];
    if (ids.length === 0 || known.length !== ids.length) throw DomainError.invalid('circulation:error.departments', [{ field: 'departmentIds', key: 'circulation:error.departments' }]);
    return ids;
  }
}
