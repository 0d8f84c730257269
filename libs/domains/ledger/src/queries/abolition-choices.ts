import type { TenantTx } from '@platform/persistence';

export interface AbolitionChoices {
  /** Policies of the city that are published and may take the place of this one. */
  replacements: { id: string; title: string; documentNumber: string | null }[];
  /** Consultations of the department whose result is published. */
  consultations: { id: string; title: string; on: Date }[];
}

/** Most entries of a list to choose from; the newest come first. */
const CHOICES = 200;

/** What a case may name. A consultation is known by the record that its result was published, which stands in the life cycle of its policy. */
export async function abolitionChoices(tx: TenantTx, policy: { id: string; tenantId: string }): Promise<AbolitionChoices> {
  const replacements = await tx.query<AbolitionChoices['replacements'][number]>(
    `SELECT id, title, document_number AS "documentNumber" FROM policy WHERE city_id = $1 AND state = 'published' AND id <> $2 ORDER BY (tenant_id = $3) DESC, published_at DESC, id LIMIT ${CHOICES}`,
    [tx.cityId, policy.id, policy.tenantId]);
  // The instant of a record is text, as it was hashed.
  const consultations = await tx.query<{ id: string; title: string; on: string }>(
    `SELECT e.payload::jsonb #>> '{details,consultationId}' AS id, p.title, e.at AS on FROM life_cycle_event e JOIN policy p ON p.city_id = e.city_id AND p.id = e.policy_id
     WHERE e.city_id = $1 AND e.name = 'consultation_result_published' AND e.tenant_id = $2 ORDER BY e.at DESC LIMIT ${CHOICES}`, [tx.cityId, policy.tenantId]);
  return { replacements, consultations: consultations.map(({ on, ...one }) => ({ ...one, on: new Date(on) })) };
}

export async function isPublishedConsultation(tx: TenantTx, tenantId: string, consultationId: string): Promise<boolean> {
  const found = await tx.query(
    `SELECT 1 FROM life_cycle_event WHERE city_id = $1 AND name = 'consultation_result_published' AND tenant_id = $2 AND payload::jsonb #>> '{details,consultationId}' = $3 LIMIT 1`,
    [tx.cityId, tenantId, consultationId]);
  return found.length > 0;
}
