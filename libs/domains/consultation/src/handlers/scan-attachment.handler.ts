import { recordAudit } from '@platform/audit';
import type { MalwareScanner } from '@platform/malware';
import type { EventHandler } from '@platform/messaging';
import { notify } from '@platform/notify';
import type { TenantTx } from '@platform/persistence';
import type { FileStore } from '@platform/storage';
import { ATTACHMENT_RECEIVED, type AttachmentReceived } from '../consultation.events';

interface Row {
  id: string;
  opinion_id: string;
  tenant_id: string;
  filename: string;
  sha256: string;
  author_account_id: string | null;
  receipt_no: string;
  title: string;
  consultation_id: string;
  policy_id: string;
  responsible_id: string;
}

/**
 * Scans a file that has come with an opinion. Without a verdict the handler fails, the file stays where nobody gets it, and the event comes again; what was scanned
 * once is not scanned again, however often the event comes.
 */
export const scanAttachment = (files: FileStore, scanner: MalwareScanner): EventHandler => ({
  name: 'consultation.scan_attachment',
  types: [ATTACHMENT_RECEIVED],
  async handle(tx, event) {
    const { attachmentId } = event.payload as AttachmentReceived;
    const [row] = await tx.query<Row>(
      `SELECT f.id, f.opinion_id, f.tenant_id, f.filename, f.sha256, o.author_account_id, o.receipt_no, c.title, f.consultation_id, c.policy_id, p.responsible_id
       FROM opinion_attachment f JOIN opinion o ON o.city_id = f.city_id AND o.id = f.opinion_id
       JOIN consultation c ON c.city_id = f.city_id AND c.id = f.consultation_id JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
       WHERE f.city_id = $1 AND f.id = $2 AND f.scan = 'pending' FOR UPDATE OF f`, [tx.cityId, attachmentId]);
    if (!row) return;
    const verdict = await scanner.scan(await files.get(row.sha256));
    const finding = verdict.result === 'infected' ? verdict.finding : null;
    await tx.query(
      'UPDATE opinion_attachment SET scan = $3, scan_finding = $4, scanned_at = $5, row_version = row_version + 1 WHERE city_id = $1 AND id = $2',
      [tx.cityId, row.id, verdict.result, finding, verdict.result === 'not_scanned' ? null : tx.at]);
    recordAudit(tx, {
      action: 'consultation.attachment_scanned', subjectType: 'opinion', subjectId: row.opinion_id, tenantId: row.tenant_id, details: { attachmentId: row.id, sha256: row.sha256, ...verdict },
    });
    if (finding !== null) await tellOf(tx, row, finding);
  },
});

/** The author and the responsible person, each once; whoever was not signed in reads it on the receipt. */
async function tellOf(tx: TenantTx, row: Row, finding: string): Promise<void> {
  const notice = { effectKey: `consultation.infected/${row.id}`, params: { title: row.title, receipt: row.receipt_no, name: row.filename, finding } };
  await notify(tx, { ...notice, accountId: row.responsible_id, messageKey: 'attachments:notice.infected', href: `/console/policies/${row.policy_id}/consultation/opinions/${row.opinion_id}` });
  if (row.author_account_id) await notify(tx, { ...notice, accountId: row.author_account_id, messageKey: 'attachments:notice.yours', href: `/${tx.cityId}/consultations/${row.consultation_id}#mine` });
}
