import { type Actor, chinaDate, DomainError, type IsoDate, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { searchVector } from '@platform/search';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type ValidityWarning, validityWarning } from '../domain/validity-limit';
import { LifeCycle } from '../life-cycle.service';
import type { PolicyRow } from '../persistence/policy.entity';
import { policies } from '../persistence/repositories';
import { changeValidity } from './change-validity';
import { nextNumber } from './next-number';
import { validityRule } from '../queries/validity-rule';
import { latestSubmittedVersion, makeVersionPublic, provisionsOf } from '../queries/versions';

export interface PublishPolicyInput {
  effectiveFrom: IsoDate;
  /** Last day in force; null for no fixed end. */
  effectiveTo: IsoDate | null;
  /** The policy that this one replaces, if any; it ends on the day this one takes effect. */
  replaces?: string | null;
}

export interface Published {
  documentNumber: string;
  /** What does not follow a rule whose text nobody has read; it is kept in the record. */
  warnings: ValidityWarning[];
}

/**
 * Registered, numbered and issued as one step (三统一): number, register, text made public, interpretations released and the transition itself commit
 * together or not at all. Numbers of a department, code and year have no gap and no double, because the counter row is held until the commit.
 */
@Injectable()
export class PublishPolicy {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  run(actor: Actor, policyId: string, input: PublishPolicyInput): Promise<Published> {
    return this.unitOfWork.run(actor, (tx) => this.publish(tx, policyId, input));
  }

  private async publish(tx: TenantTx, policyId: string, input: PublishPolicyInput): Promise<Published> {
    const policy = await policies.lockForUpdate(tx, policyId);
    if (policy.tenantId !== tx.actor.tenantId) throw DomainError.notFound();
    if (input.effectiveFrom < chinaDate(tx.at)) {
      throw DomainError.invalid('policy:error.effectiveInPast', [{ field: 'effectiveFrom', key: 'policy:error.effectiveInPast' }]);
    }
    if (input.effectiveTo && input.effectiveTo < input.effectiveFrom) {
      throw DomainError.invalid('policy:error.endBeforeStart', [{ field: 'effectiveTo', key: 'policy:error.endBeforeStart' }]);
    }
    const warnings = await this.warnings(tx, policy, input);
    // A step out of its turn is refused before anything of a policy that is out already is touched.
    if (policy.state !== 'approved') await this.lifeCycle.advance(tx, policy.id, 'publish');
    const documentNumber = await this.register(tx, policy.id, policy.tenantId);
    const text = await this.openText(tx, policy.id);
    await policies.update(tx, policy.id, {
      documentNumber,
      effectiveFrom: input.effectiveFrom,
      effectiveTo: input.effectiveTo,
      currentVersionId: text.versionId,
      search: searchVector([policy.title, documentNumber, policy.summary, text.text]),
    });
    await this.lifeCycle.advance(tx, policy.id, 'publish', { details: { documentNumber, ...input, ...(warnings.length > 0 ? { warnings } : {}) } });
    if (input.replaces) await this.supersede(tx, policy.id, policy.tenantId, input.replaces, input.effectiveFrom);
    await this.amend(tx, policy.id, policy.tenantId, input);
    return { documentNumber, warnings };
  }

  /** Refuses a time in force that a verified rule forbids, with its article (`policy:error.validity.noEnd`, `.tooLong`); an unverified one warns. */
  private async warnings(tx: TenantTx, policy: PolicyRow, input: PublishPolicyInput): Promise<ValidityWarning[]> {
    const rule = await validityRule(tx, policy, chinaDate(tx.at));
    const warning = rule && validityWarning(rule, { title: policy.title, ...input });
    if (!warning) return [];
    if (!rule.blocks) return [warning];
    const key = `policy:error.validity.${warning.fault}`;
    const params = { years: warning.years, latest: warning.latest };
    throw new DomainError('invalid', key, { fields: [{ field: 'effectiveTo', key, params }], params, article: warning.article });
  }

  private async register(tx: TenantTx, policyId: string, tenantId: string): Promise<string> {
    const [department] = await tx.query<{ document_code: string }>('SELECT document_code FROM department WHERE city_id = $1 AND id = $2', [tx.cityId, tenantId]);
    const { code, year, seq, text } = await nextNumber(tx, tenantId, department?.document_code ?? '');
    await tx.query(
      `INSERT INTO document_register (city_id, tenant_id, code, year, seq, policy_id, registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tx.cityId, tenantId, code, year, seq, policyId, tx.actor.accountId, tx.at]);
    recordAudit(tx, { action: 'policy.numbered', subjectType: 'policy', subjectId: policyId, details: { code, year, seq } });
    return text;
  }

  /** Makes the latest submitted version the one in force and shows it to everybody. */
  private async openText(tx: TenantTx, policyId: string): Promise<{ versionId: string | null; text: string }> {
    const version = await latestSubmittedVersion(tx, policyId);
    if (!version) return { versionId: null, text: '' };
    await makeVersionPublic(tx, version.id);
    const provisions = await provisionsOf(tx, version.id);
    return { versionId: version.id, text: provisions.map((provision) => provision.text).join('\n') };
  }

  private async supersede(tx: TenantTx, policyId: string, tenantId: string, oldId: string, on: IsoDate): Promise<void> {
    const old = await policies.lockForUpdate(tx, oldId);
    if (old.tenantId !== tenantId) throw DomainError.notFound();
    await tx.query(
      `INSERT INTO policy_link (city_id, id, tenant_id, policy_id, kind, target_id) VALUES ($1, $2, $3, $4, 'replaces', $5)`,
      [tx.cityId, newId(), tenantId, policyId, old.id]);
    await policies.update(tx, old.id, { endedOn: on });
    await this.lifeCycle.advance(tx, old.id, 'supersede', { details: { by: policyId, on } });
    await changeValidity(tx, old, { kind: 'replaced', effectOn: on, byPolicyId: policyId });
  }

  /** What this policy was made to amend, and does not replace, is amended from the day on which this one takes effect. What has ended meanwhile is left alone. */
  private async amend(tx: TenantTx, policyId: string, tenantId: string, { effectiveFrom, replaces }: PublishPolicyInput): Promise<void> {
    const links = await tx.query<{ id: string }>(
      `SELECT target_id AS id FROM policy_link WHERE city_id = $1 AND policy_id = $2 AND kind = 'amends' ORDER BY target_id`, [tx.cityId, policyId]);
    for (const { id } of links.filter((link) => link.id !== replaces)) {
      const target = await policies.lockForUpdate(tx, id);
      if (target.tenantId !== tenantId || target.state !== 'published') continue;
      await this.lifeCycle.record(tx, target, 'amended', { details: { by: policyId, on: effectiveFrom } });
      await changeValidity(tx, target, { kind: 'amended', effectOn: effectiveFrom, byPolicyId: policyId });
    }
  }
}
