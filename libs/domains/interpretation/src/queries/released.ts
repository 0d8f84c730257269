import { DomainError, isId, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { MaterialKind } from '../domain/material';

export interface ReleasedMaterial {
  id: string;
  kind: MaterialKind;
  title: string;
  body: string;
  altText: string;
  /** Identities of the clauses that it explains. */
  clauseIdentities: string[];
  releasedAt: Date;
  /** First day on which the policy that it explains no longer holds, by abolition, replacement or its last day; then it has lapsed too. Null where no end is set. */
  endsOn: IsoDate | null;
  /** Pixels; null for a text. */
  width: number | null;
  height: number | null;
}

/** The interpretations that went out with a policy, texts first; for its interpretation page and the marks beside its clauses. */
export async function releasedMaterials(reader: PublicReader, cityId: string, policyId: string): Promise<ReleasedMaterial[]> {
  if (!isId(policyId)) throw DomainError.notFound();
  return reader.query<ReleasedMaterial>(
    `SELECT m.id, m.kind, m.title, m.body, m.alt_text AS "altText", m.clause_identities AS "clauseIdentities", m.released_at AS "releasedAt", p.width, p.height,
       least(CASE WHEN o.state IN ('abolished', 'superseded') THEN o.ended_on END, o.effective_to + 1)::text AS "endsOn"
     FROM interpretation_material m JOIN policy o ON o.city_id = m.city_id AND o.id = m.policy_id LEFT JOIN interpretation_picture p ON p.city_id = m.city_id AND p.material_id = m.id
     WHERE m.city_id = $1 AND m.policy_id = $2 AND m.state = 'released' ORDER BY m.kind DESC, m.id`, [cityId, policyId]);
}

/** Which file of the store a picture is. */
export interface PictureFile {
  mediaType: string;
  sha256: string;
}

/** A released picture's file; "not found" before its release. It never changes after it. */
export async function releasedPicture(reader: PublicReader, cityId: string, materialId: string): Promise<PictureFile> {
  if (!isId(materialId)) throw DomainError.notFound();
  const [file] = await reader.query<PictureFile>(
    `SELECT p.media_type AS "mediaType", p.sha256 FROM interpretation_picture p JOIN interpretation_material m ON m.city_id = p.city_id AND m.id = p.material_id
     WHERE p.city_id = $1 AND p.material_id = $2 AND m.state = 'released'`, [cityId, materialId]);
  if (!file) throw DomainError.notFound();
  return file;
}

/** The released picture of each of these policies, the first where there are several; for lists. */
export async function releasedPictures(reader: PublicReader, cityId: string, policyIds: readonly string[]): Promise<Map<string, { materialId: string; altText: string }>> {
  const rows = await reader.query<{ policyId: string; materialId: string; altText: string }>(
    `SELECT DISTINCT ON (m.policy_id) m.policy_id AS "policyId", m.id AS "materialId", m.alt_text AS "altText"
     FROM interpretation_material m WHERE m.city_id = $1 AND m.policy_id = ANY ($2::uuid[]) AND m.state = 'released' AND m.kind = 'picture' ORDER BY m.policy_id, m.id`,
    [cityId, policyIds]);
  return new Map(rows.map(({ policyId, ...picture }) => [policyId, picture]));
}
