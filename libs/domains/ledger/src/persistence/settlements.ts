import { newId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { Settlement } from '../domain/settlement';

/** The settlement of each thing that stands now, by its newest number. */
export function settlementsOf(tx: TenantTx, caseId: string): Promise<Settlement[]> {
  return tx.query<Settlement>(
    `SELECT DISTINCT ON (s.kind, s.item_id) s.kind, s.item_id AS "itemId", s.no, s.title, s.way, s.reason, s.people, s.funds_fen::float8 AS "fundsFen", a.display_name AS "settledBy", s.settled_at AS "settledAt"
     FROM abolition_settlement s JOIN account a ON a.city_id = s.city_id AND a.id = s.settled_by
     WHERE s.city_id = $1 AND s.case_id = $2 ORDER BY s.kind, s.item_id, s.no DESC`, [tx.cityId, caseId]);
}

/** Writes a settlement with its number down. The caller holds the case. */
export async function insertSettlement(tx: TenantTx, matter: { id: string; tenantId: string }, { kind, itemId, no, title, way, reason, people, fundsFen }: Omit<Settlement, 'settledBy' | 'settledAt'>): Promise<void> {
  await tx.query(
    `INSERT INTO abolition_settlement (city_id, id, tenant_id, case_id, kind, item_id, no, title, way, reason, people, funds_fen, settled_by, settled_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [tx.cityId, newId(), matter.tenantId, matter.id, kind, itemId, no, title, way, reason, people, fundsFen, tx.actor.accountId, tx.at]);
}
