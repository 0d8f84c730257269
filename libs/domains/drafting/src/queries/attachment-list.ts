import type { AttachmentKind, Docket } from '@core/policy';
import { DomainError, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';

export interface AttachmentEntry {
  id: string;
  kind: AttachmentKind;
  filename: string;
  mediaType: string;
  sha256: string;
  size: number;
  /** The docket to which it was put, and what kind of docket that is; null for what goes with the text. */
  docketId: string | null;
  docketKind: Docket | null;
  uploader: string;
  uploadedAt: Date;
  /** False where a newer file took its place. */
  current: boolean;
}

/** Every file of a policy and of its dockets, oldest first, with those that were replaced. */
export const listAttachments = (tx: TenantTx, policyId: string): Promise<AttachmentEntry[]> =>
  tx.query<AttachmentEntry>(
    `SELECT f.id, f.kind, f.filename, f.media_type AS "mediaType", f.sha256, f.size, f.docket_id AS "docketId", k.kind AS "docketKind", a.display_name AS uploader, f.uploaded_at AS "uploadedAt",
            NOT EXISTS (SELECT 1 FROM policy_attachment n WHERE n.city_id = $1 AND n.replaces = f.id) AS current
     FROM policy_attachment f JOIN account a ON a.city_id = f.city_id AND a.id = f.uploaded_by
     LEFT JOIN docket k ON k.city_id = f.city_id AND k.id = f.docket_id
     WHERE f.city_id = $1 AND f.policy_id = $2 ORDER BY f.uploaded_at, f.id`, [tx.cityId, policyId]);

/** One file of a policy; "not found" for those that the person may not see. */
export async function readAttachmentOf(tx: TenantTx, policyId: string, attachmentId: string): Promise<AttachmentEntry> {
  const found = isId(policyId) && isId(attachmentId) ? (await listAttachments(tx, policyId)).find(({ id }) => id === attachmentId) : undefined;
  if (!found) throw DomainError.notFound();
  return found;
}
