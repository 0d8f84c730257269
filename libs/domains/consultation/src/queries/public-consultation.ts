import { DomainError, isId } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import type { ResultFigures } from '../domain/figures';
import type { WindowBasis } from '../domain/window';
import { type ConsultationItemRow, ITEM_COLUMNS, itemOf, type PublicConsultationItem } from './public-consultations';

export interface ConsultedProvision {
  clauseId: string;
  parentId: string | null;
  identity: string;
  kind: string;
  label: string;
  text: string;
}

export interface PublicConsultationPage extends PublicConsultationItem {
  policyTitle: string;
  departmentId: string;
  kind: string;
  versionId: string;
  versionNo: number;
  basis: WindowBasis;
  shortenedReason: string | null;
  extensionNotice: string | null;
  extendedAt: Date | null;
  closedAt: Date | null;
  resultText: string | null;
  resultFigures: ResultFigures | null;
  resultPublishedAt: Date | null;
  provisions: ConsultedProvision[];
  /** Shown opinions by clause id. */
  opinionsOn: Record<string, number>;
}

type PageRow = ConsultationItemRow & Omit<PublicConsultationPage, keyof PublicConsultationItem | 'provisions' | 'opinionsOn'> & {
  provisions: ConsultedProvision[] | null;
  opinionsOn: Record<string, number> | null;
};

/** Everything of one consultation but the opinions themselves, in one statement. */
export async function readPublicConsultation(reader: PublicReader, cityId: string, id: string, now: Date): Promise<PublicConsultationPage> {
  if (!isId(id)) throw DomainError.notFound();
  const [row] = await reader.query<PageRow>(
    `SELECT ${ITEM_COLUMNS}, p.title AS "policyTitle", c.tenant_id AS "departmentId", p.kind, c.version_id AS "versionId", v.no AS "versionNo", c.basis, c.shortened_reason AS "shortenedReason",
       c.extension_notice AS "extensionNotice", c.extended_at AS "extendedAt", c.closed_at AS "closedAt", c.result_text AS "resultText",
       c.result_figures AS "resultFigures", c.result_published_at AS "resultPublishedAt",
       (SELECT json_agg(json_build_object('clauseId', o.clause_id, 'parentId', o.parent_id, 'identity', o.identity, 'kind', o.kind, 'label', o.label, 'text', o.text) ORDER BY o.seq)
        FROM provision o WHERE o.city_id = $1 AND o.version_id = c.version_id) AS provisions,
       (SELECT json_object_agg(g.clause_id, g.count) FROM (SELECT o.clause_id, count(*)::integer AS count FROM opinion o
          WHERE o.city_id = $1 AND o.consultation_id = c.id AND o.clause_id IS NOT NULL AND o.moderation = 'shown' GROUP BY o.clause_id) g) AS "opinionsOn"
     FROM consultation c JOIN department d ON d.city_id = c.city_id AND d.id = c.tenant_id
     JOIN policy p ON p.city_id = c.city_id AND p.id = c.policy_id
     JOIN policy_version v ON v.city_id = c.city_id AND v.id = c.version_id
     WHERE c.city_id = $1 AND c.id = $2`, [cityId, id]);
  if (!row) throw DomainError.notFound();
  return { ...itemOf(row, now), provisions: row.provisions ?? [], opinionsOn: row.opinionsOn ?? {} };
}
