import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { ITEM_COLUMNS, itemOf, type ConsultationItemRow, type PublicConsultationItem } from './public-consultations';

/** The public consultations of one policy, newest first. */
export async function consultationsOfPolicy(reader: PublicReader, cityId: string, policyId: string, now: Date): Promise<PublicConsultationItem[]> {
  if (!isId(policyId)) throw DomainError.notFound();
  const rows = await reader.query<ConsultationItemRow>(
    `SELECT ${ITEM_COLUMNS} FROM consultation c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
     WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY c.opens_at DESC`, [cityId, policyId]);
  return rows.map((row) => itemOf(row, now));
}

/** How many shown opinions stand on each clause, by the clause's identity; for the quiet marks beside the text. */
export async function opinionsByClause(reader: PublicReader, cityId: string, policyId: string): Promise<Map<string, { count: number; consultationId: string; clauseId: string }>> {
  if (!isId(policyId)) throw DomainError.notFound();
  const rows = await reader.query<{ identity: string; count: number; consultationId: string; clauseId: string }>(
    `SELECT p.identity, count(*)::int AS count, c.id AS "consultationId", min(o.clause_id) AS "clauseId"
     FROM consultation c
     JOIN opinion o ON o.city_id = c.city_id AND o.consultation_id = c.id AND o.moderation = 'shown'
     JOIN provision p ON p.city_id = o.city_id AND p.version_id = o.version_id AND p.clause_id = o.clause_id
     WHERE c.city_id = $1 AND c.policy_id = $2 GROUP BY p.identity, c.id`, [cityId, policyId]);
  return new Map(rows.map(({ identity, ...mark }) => [identity, mark]));
}
