import { policies, provisionsOf, type ProvisionRow } from '@core/policy';
import { reassemble } from '@core/documents';
import { DomainError } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { assertCan } from '../drafting.access';

export interface VersionEntry {
  id: string;
  no: number;
  state: 'draft' | 'submitted';
  draftingNote: string;
  textHash: string | null;
  createdAt: Date;
  submittedAt: Date | null;
  author: string;
  rowVersion: number;
}

export interface PolicyText {
  /** Newest first. */
  versions: VersionEntry[];
  /** The one whose text is shown; null while nothing is written. */
  shown: VersionEntry | null;
  provisions: ProvisionRow[];
}

/** The versions of a policy that one may see, and the text of one of them: the wanted one, else the newest. */
export async function readPolicyText(tx: TenantTx, policyId: string, versionId?: string): Promise<PolicyText> {
  const versions = await tx.query<VersionEntry>(
    `SELECT v.id, v.no, v.state, v.drafting_note AS "draftingNote", v.text_hash AS "textHash", v.created_at AS "createdAt",
            v.submitted_at AS "submittedAt", a.display_name AS author, v.row_version AS "rowVersion"
     FROM policy_version v JOIN account a ON a.city_id = v.city_id AND a.id = coalesce(v.submitted_by, v.created_by)
     WHERE v.city_id = $1 AND v.policy_id = $2 ORDER BY v.no DESC`, [tx.cityId, policyId]);
  const shown = versionId ? versions.find((version) => version.id === versionId) : versions[0];
  if (versionId && !shown) throw DomainError.notFound();
  return { versions, shown: shown ?? null, provisions: shown ? await provisionsOf(tx, shown.id) : [] };
}

export interface OpenDraft {
  version: VersionEntry;
  /** The whole text, put together from its provisions. */
  text: string;
}

/** Refuses a policy that one may not write, another department's as "not found". */
export async function requireWritable(tx: TenantTx, policyId: string): Promise<void> {
  assertCan(tx.actor, 'drafting.write', await policies.require(tx, policyId));
}

/** What the editor needs, of a policy of one's own department; `conflict` when no draft is open. */
export async function readOpenDraft(tx: TenantTx, policyId: string): Promise<OpenDraft> {
  await requireWritable(tx, policyId);
  const { shown, provisions } = await readPolicyText(tx, policyId);
  if (shown?.state !== 'draft') throw DomainError.conflict('drafting:error.noOpenDraft');
  return { version: shown, text: reassemble(provisions) };
}
