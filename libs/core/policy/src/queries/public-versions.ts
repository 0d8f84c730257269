import { isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';

/** A version that everybody may read. */
export interface PublicVersion {
  id: string;
  no: number;
  at: Date;
  textHash: string;
}

/** A provision of it, as far as a comparison needs it. */
export interface PublicTextRow {
  clauseId: string;
  parentId: string | null;
  identity: string;
  kind: string;
  number: number | null;
  label: string;
  lead: string;
  text: string;
}

/** The public versions of a public policy, newest first; empty for any other. */
export async function publicVersions(reader: PublicReader, cityId: string, policyId: string): Promise<PublicVersion[]> {
  if (!isId(policyId)) return [];
  return reader.query<PublicVersion>(
    `SELECT v.id, v.no, v.submitted_at AS at, v.text_hash AS "textHash" FROM policy_version v JOIN policy p ON p.city_id = v.city_id AND p.id = v.policy_id
     WHERE v.city_id = $1 AND v.policy_id = $2 AND v.is_public AND v.state = 'submitted' AND p.public_since IS NOT NULL ORDER BY v.no DESC`, [cityId, policyId]);
}

/** The public text of a version, in its order. */
export const publicText = (reader: PublicReader, cityId: string, versionId: string): Promise<PublicTextRow[]> =>
  reader.query<PublicTextRow>(
    `SELECT clause_id AS "clauseId", parent_id AS "parentId", identity, kind, number, label, lead, text FROM provision
     WHERE city_id = $1 AND version_id = $2 AND is_public ORDER BY seq`, [cityId, versionId]);
