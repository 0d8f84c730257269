import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { opinionLeafHash } from '../domain/opinion-leaf';
import type { ReceiptFile } from '../domain/proof-files';
import { receiptCodeHash } from '../domain/receipt';
import { attachedTo, LEAF_COLUMNS, leafOf, type LeafRow } from './opinion-leaves';

/**
 * The file that the author of an opinion keeps, without a proof: computed from what the register holds now. Runs as the machinery of the city and
 * finds one row by the hash of the code, as `receiptStatus` does.
 */
export async function receiptFile(tx: TenantTx, code: string): Promise<ReceiptFile> {
  const hash = receiptCodeHash(code);
  const [row] = hash === null ? [] : await tx.query<LeafRow & { words: string }>(
    `SELECT ${LEAF_COLUMNS}, o.text AS words FROM opinion o WHERE o.city_id = $1 AND o.receipt_code_hash = $2`, [tx.cityId, hash]);
  if (!row) throw DomainError.notFound('consultation:error.noReceipt');
  const files = (await attachedTo(tx, [row])).get(row.opinion) ?? [];
  const leaf = leafOf(row, files);
  return {
    format: 'policyloop-receipt', version: 1, leaf, leafHash: opinionLeafHash(leaf).toString('hex'),
    words: { salt: row.salt, text: row.words, quote: row.quote, author: row.author, ...(leaf.v === 2 ? { attachments: files } : {}) },
  };
}

/** Hash of the leaf of the opinion with a receipt number, which may be quoted in public; it tells nothing of the opinion. Null if the consultation has none such. */
export async function leafHashOfReceipt(tx: TenantTx, consultationId: string, receiptNo: string): Promise<string | null> {
  const [row] = await tx.query<LeafRow>(
    `SELECT ${LEAF_COLUMNS} FROM opinion o WHERE o.city_id = $1 AND o.consultation_id = $2 AND o.receipt_no = $3`, [tx.cityId, consultationId, receiptNo]);
  return row ? opinionLeafHash(leafOf(row, (await attachedTo(tx, [row])).get(row.opinion))).toString('hex') : null;
}
