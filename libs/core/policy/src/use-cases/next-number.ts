import { formatDocumentNumber } from '@core/statutes';
import { chinaDate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface AllocatedNumber {
  code: string;
  year: number;
  seq: number;
  /** As GB/T 9704-2012 writes it. */
  text: string;
}

/** The next number of a department, code and year. The counter's row is held until the commit, so there is no gap and no double. */
export async function nextNumber(tx: TenantTx, tenantId: string, code: string): Promise<AllocatedNumber> {
  const year = Number(chinaDate(tx.at).slice(0, 4));
  const [counter] = await tx.query<{ last: number }>(
    `INSERT INTO document_counter (city_id, tenant_id, code, year, last) VALUES ($1, $2, $3, $4, 1)
     ON CONFLICT (city_id, tenant_id, code, year) DO UPDATE SET last = document_counter.last + 1 RETURNING last`,
    [tx.cityId, tenantId, code, year]);
  const seq = counter?.last ?? 0;
  return { code, year, seq, text: formatDocumentNumber(code, year, seq) };
}
