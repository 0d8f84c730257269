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
            f.issuer, f.emergency, f.emergency_reason AS "emergencyReason", f.concerns_others AS "concernsOthers"
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
    `INSERT INTO policy_procedure (city_id, policy_id, tenant_id, technical, technical_reason, public_risk, public_risk_reason, issuer, emergency, emergency_reason, noted_by, noted_at, concerns_others)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (city_id, policy_id) DO UPDATE SET technical = $4, technical_reason = $5, public_risk = $6, public_risk_reason = $7, issuer = $8, emergency = $9,
       emergency_reason = $10, noted_by = $11, noted_at = $12, concerns_others = $13`,
    [tx.cityId, policy.id, policy.tenantId, facts.technical, facts.technicalReason, facts.publicRisk, facts.publicRiskReason, facts.issuer, facts.emergency,
      facts.emergencyReason, tx.actor.accountId, tx.at, facts.concernsOthers ?? false]);
}

/** The drafting note of the newest version, open or not, and the kinds of file on record. */
export async function materialsOf(tx: TenantTx, policyId: string): Promise<{ draftingNote: string; kinds: string[] }> {
  const [row] = await tx.query<{ draftingNote: string | null; kinds: string[] }>(
    `SELECT (SELECT v.drafting_note FROM policy_version v WHERE v.city_id = $1 AND v.policy_id = $2 ORDER BY v.no DESC LIMIT 1) AS "draftingNote",
            ARRAY(SELECT DISTINCT f.kind FROM policy_attachment f WHERE f.city_id = $1 AND f.policy_id = $2) AS kinds`, [tx.cityId, policyId]);
  return { draftingNote: row?.draftingNote ?? '', kinds: row?.kinds ?? [] };
}
