import type { TenantTx } from '@platform/persistence';
import { clauseNames } from './clauses';

export interface PolicyFunding {
  programmes: { id: string; title: string; clauseLabel: string }[];
  /** The clauses of the text in force, for the form. */
  clauses: { identity: string; label: string }[];
}

/** The programmes under a policy, with the clauses that grant their money. */
export async function readPolicyFunding(tx: TenantTx, policyId: string): Promise<PolicyFunding> {
  const { labels } = await clauseNames(tx, policyId);
  const rows = await tx.query<{ id: string; title: string; clause: string }>(
    `SELECT id, title, clause_identity AS clause FROM fund_programme WHERE city_id = $1 AND policy_id = $2 ORDER BY created_at`, [tx.cityId, policyId]);
  return {
    programmes: rows.map(({ id, title, clause }) => ({ id, title, clauseLabel: labels.get(clause) ?? clause })),
    clauses: [...labels].map(([identity, label]) => ({ identity, label })),
  };
}
