import { carryIdentity, type ParsedDocument, reassemble } from '@core/documents';
import { LifeCycle, policies, provisionsOf, versions } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { DomainError, newId, sha256Hex, systemActor } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { toProvisions } from '../domain/text';
import { writeText } from '../persistence/draft-text';

export interface ImportedDraft {
  policyId: string;
  /** False where the department has this very text as a draft already; it was left as it is. */
  created: boolean;
  /** The text of the stored provisions, put together again. */
  text: string;
}

/**
 * Takes an existing text over as the open draft of a new policy, on the operator's order: the record says that it was imported, from which file
 * and with which fingerprint, and nobody's signature is put under it. From there on it goes the way of every draft.
 */
@Injectable()
export class ImportDraft {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
  ) {}

  /** `departmentCode` names the department by its document code; the first one of the city unless given. Refuses an unknown city or department. */
  run(cityId: string, file: string, document: ParsedDocument & { source: string }, departmentCode?: string): Promise<ImportedDraft> {
    return this.unitOfWork.run(systemActor(cityId), (tx) => this.import(tx, file, document, departmentCode ?? null));
  }

  private async import(tx: TenantTx, file: string, document: ParsedDocument & { source: string }, departmentCode: string | null): Promise<ImportedDraft> {
    const { tenantId, drafterId, headId } = await this.department(tx, departmentCode);
    const title = document.title.slice(0, 300);
    const source = sha256Hex(document.source);
    const [known] = await tx.query<{ id: string; versionId: string }>(
      `SELECT p.id, v.id AS "versionId" FROM policy p JOIN policy_version v ON v.city_id = p.city_id AND v.policy_id = p.id AND v.state = 'draft'
       JOIN life_cycle_event e ON e.city_id = p.city_id AND e.policy_id = p.id AND e.name = 'imported' AND e.payload::jsonb #>> '{details,source}' = $4
       WHERE p.city_id = $1 AND p.tenant_id = $2 AND p.title = $3 LIMIT 1`, [tx.cityId, tenantId, title, source]);
    if (known) return { policyId: known.id, created: false, text: await this.stored(tx, known.versionId) };
    const policy = {
      id: newId(), tenantId, state: 'drafting' as const, kind: 'policy_document' as const, title, summary: '', affectsMarket: true, responsibleId: headId, topics: [], audience: [],
      documentNumber: null, effectiveFrom: null, effectiveTo: null, endedOn: null, currentVersionId: null, publishedAt: null, publicSince: null, createdAt: tx.at, rowVersion: 1,
    };
    await policies.insert(tx, policy);
    const version = {
      id: newId(), tenantId, policyId: policy.id, no: 1, state: 'draft' as const, draftingNote: '', textHash: null, createdBy: drafterId, createdAt: tx.at,
      submittedAt: null, submittedBy: null, isPublic: false, rowVersion: 1,
    };
    await versions.insert(tx, version);
    const text = carryIdentity([], document.provisions, newId);
    await writeText(tx, { ...version, cityId: tx.cityId }, text.map(({ parent, ...provision }) => ({ ...provision, parentId: parent })));
    await this.lifeCycle.record(tx, { ...policy, cityId: tx.cityId }, 'imported', { details: { file, source } });
    recordAudit(tx, { action: 'drafting.imported', subjectType: 'policy', subjectId: policy.id, tenantId, details: { provisions: text.length } });
    return { policyId: policy.id, created: true, text: await this.stored(tx, version.id) };
  }

  private async stored(tx: TenantTx, versionId: string): Promise<string> {
    return reassemble(toProvisions(await provisionsOf(tx, versionId)));
  }

  /** The department, and its people who take the draft over. */
  private async department(tx: TenantTx, code: string | null): Promise<{ tenantId: string; drafterId: string; headId: string }> {
    const [found] = await tx.query<{ tenantId: string; drafterId: string | null; headId: string | null }>(
      `SELECT d.id AS "tenantId",
         (SELECT m.account_id FROM membership m WHERE m.city_id = d.city_id AND m.tenant_id = d.id AND m.role = 'drafter' AND m.revoked_at IS NULL ORDER BY m.granted_at, m.account_id LIMIT 1) AS "drafterId",
         (SELECT m.account_id FROM membership m WHERE m.city_id = d.city_id AND m.tenant_id = d.id AND m.role = 'department_head' AND m.revoked_at IS NULL ORDER BY m.granted_at, m.account_id LIMIT 1) AS "headId"
       FROM department d WHERE d.city_id = $1 AND ($2::text IS NULL OR d.document_code = $2) ORDER BY d.document_code LIMIT 1`, [tx.cityId, code]);
    if (!found?.drafterId || !found.headId) throw DomainError.invalid('drafting:error.importDepartment', [], { city: tx.cityId, department: code ?? '' });
    return { tenantId: found.tenantId, drafterId: found.drafterId, headId: found.headId };
  }
}
