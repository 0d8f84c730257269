import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { BatchFault, BatchRow } from '../domain/batch';

export interface OpinionBatch {
  id: string;
  filename: string;
  state: 'checked' | 'registered' | 'discarded';
  rowCount: number;
  errorCount: number;
  uploadedAt: Date;
  uploadedBy: string;
  registeredAt: Date | null;
}

const BATCH = `SELECT b.id, b.filename, b.state, b.row_count AS "rowCount", b.error_count AS "errorCount", b.uploaded_at AS "uploadedAt", x.display_name AS "uploadedBy", b.registered_at AS "registeredAt"`;
const FROM = `FROM opinion_batch b JOIN account x ON x.city_id = b.city_id AND x.id = b.uploaded_by WHERE b.city_id = $1 AND b.consultation_id = $2 AND b.tenant_id = $3`;

/** The workbooks of a consultation of one's department that are in the register or wait, newest first; twenty at most. */
export const opinionBatchesOf = (tx: TenantTx, consultationId: string): Promise<OpinionBatch[]> =>
  tx.query<OpinionBatch>(`${BATCH} ${FROM} AND b.state <> 'discarded' ORDER BY b.uploaded_at DESC, b.id DESC LIMIT 20`, [tx.cityId, consultationId, tx.actor.tenantId]);

/** One workbook of one's department with its rows and what is wrong in them; or "not found". */
export async function readOpinionBatch(tx: TenantTx, consultationId: string, batchId: string): Promise<OpinionBatch & { rows: BatchRow[]; errors: BatchFault[] }> {
  const [found] = isId(consultationId) && isId(batchId)
    ? await tx.query<OpinionBatch & { rows: BatchRow[]; errors: BatchFault[] }>(`${BATCH}, b.rows, b.errors ${FROM} AND b.id = $4`, [tx.cityId, consultationId, tx.actor.tenantId, batchId])
    : [];
  if (!found) throw DomainError.notFound();
  return found;
}
