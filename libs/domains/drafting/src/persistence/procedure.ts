import { type DocketRule, docketsFor, type PolicyRow, type ProcedureFacts, type RulePack, rulePack } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import { type FactsInput, NO_FACTS } from '../domain/facts';

export interface Procedure {
  pack: RulePack;
  facts: ProcedureFacts;
  /** The facts with the drafters' reasons. */
  noted: FactsInput;
  /** The dockets that follow from them, in order. */
  steps: DocketRule[];
}

type Row = { rule_pack: string } & { [K in keyof FactsInput]: FactsInput[K] | null };

/** Which procedure a policy is under: the city's rule pack and the facts of the policy, in one statement. */
export async function procedureOf(tx: TenantTx, policy: Pick<PolicyRow, 'id' | 'kind' | 'affectsMarket'>): Promise<Procedure> {
  const [row] = await tx.query<Row>(
    `SELECT c.rule_pack, f.technical, f.technical_reason AS "technicalReason", f.public_risk AS "publicRisk", f.public_risk_reason AS "publicRiskReason",
            f.issuer, f.emergency, f.emergency_reason AS "emergencyReason"
     FROM city c LEFT JOIN policy_procedure f ON f.city_id = c.id AND f.city_id = $1 AND f.policy_id = $2 WHERE c.id = $1`, [tx.cityId, policy.id]);
  const pack = rulePack(row?.rule_pack ?? '');
  const noted = row?.issuer ? (row as FactsInput) : NO_FACTS;
  const { technical, publicRisk, issuer, emergency } = noted;
  const facts = { affectsMarket: policy.affectsMarket, technical, publicRisk, issuer, emergency };
  return { pack, facts, noted, steps: docketsFor(pack, policy.kind, facts) };
}

/** Writes the facts of a policy down, over those before. */
export async function noteFacts(tx: TenantTx, policy: { id: string; tenantId: string }, facts: FactsInput): Promise<void> {
  await tx.query(
    `INSERT INTO policy_procedure (city_id, policy_id, tenant_id, technical, technical_reason, public_risk, public_risk_reason, issuer, emergency, emergency_reason, noted_by, noted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (city_id, policy_id) DO UPDATE SET technical = $4, technical_reason = $5, public_risk = $6, public_risk_reason = $7, issuer = $8, emergency = $9,
       emergency_reason = $10, noted_by = $11, noted_at = $12`,
    [tx.cityId, policy.id, policy.tenantId, facts.technical, facts.technicalReason, facts.publicRisk, facts.publicRiskReason, facts.issuer, facts.emergency,
      facts.emergencyReason, tx.actor.accountId, tx.at]);
}

/** The kinds of file that a policy has on record. */
export async function attachedKinds(tx: TenantTx, policyId: string): Promise<Set<string>> {
  const rows = await tx.query<{ kind: string }>('SELECT DISTINCT kind FROM policy_attachment WHERE city_id = $1 AND policy_id = $2', [tx.cityId, policyId]);
  return new Set(rows.map((row) => row.kind));
}
