import type { PolicyState } from '@core/policy';
import { chinaDate, newId, sha256Hex, systemActor } from '@platform/kernel';
import type { UnitOfWork } from '@platform/persistence';

export interface PolicyHome {
  cityId: string;
  tenantId: string;
  /** Who answers for the policy. */
  keeperId: string;
}

export interface NewPolicy {
  title: string;
  state: PolicyState;
  effectiveFrom: string;
  effectiveTo: string | null;
}

/** A policy put into a state by hand, with no version and no history; for rooms that begin in the middle of a life. */
export async function insertPolicy(unitOfWork: UnitOfWork, home: PolicyHome, values: Partial<NewPolicy> = {}): Promise<string> {
  const { title = '滨海市技术改造扶持办法', state = 'drafting', effectiveTo = null } = values;
  const id = newId();
  await unitOfWork.run(systemActor(home.cityId), async (tx) => {
    const published = state === 'published';
    await tx.query(
      `INSERT INTO policy (city_id, id, tenant_id, kind, title, state, responsible_id, created_at, document_number, published_at, public_since, effective_from, effective_to)
       VALUES ($1, $2, $3, 'normative_document', $4, $5, $6, $7, $8, $9, $9, $10, $11)`,
      [home.cityId, id, home.tenantId, title, state, home.keeperId, tx.at, published ? '滨工信规〔2026〕1号' : null, published ? tx.at : null,
        published ? values.effectiveFrom ?? chinaDate(tx.at) : null, published ? effectiveTo : null]);
  });
  return id;
}

/** A submitted version whose articles have these texts; their identities are `a1`, `a2` … Answers its text hash. */
export async function insertVersion(unitOfWork: UnitOfWork, home: PolicyHome, policyId: string, articles: readonly string[], byAccountId: string): Promise<string> {
  const id = newId();
  const textHash = sha256Hex(articles.join('\n'));
  await unitOfWork.run(systemActor(home.cityId), async (tx) => {
    await tx.query(
      `INSERT INTO policy_version (city_id, id, tenant_id, policy_id, no, state, created_by, created_at)
       VALUES ($1, $2, $3, $4, (SELECT coalesce(max(no), 0) + 1 FROM policy_version WHERE city_id = $1 AND policy_id = $4), 'draft', $5, $6)`,
      [home.cityId, id, home.tenantId, policyId, byAccountId, tx.at]);
    for (const [index, text] of articles.entries()) {
      await tx.query(
        `INSERT INTO provision (city_id, version_id, clause_id, tenant_id, seq, identity, kind, label, lead, text) VALUES ($1, $2, $3, $4, $5, $6, 'article', $7, '', $8)`,
        [home.cityId, id, `art_${index + 1}`, home.tenantId, index, `a${index + 1}`, `第${index + 1}条`, text]);
    }
    await tx.query(`UPDATE policy_version SET state = 'submitted', submitted_at = $3, submitted_by = $4, text_hash = $5 WHERE city_id = $1 AND id = $2`,
      [home.cityId, id, tx.at, byAccountId, textHash]);
  });
  return textHash;
}

/** The head's signature under the newest version, which publication asks for where the drafting room is present. */
export async function insertApproval(unitOfWork: UnitOfWork, home: PolicyHome, policyId: string, byAccountId: string): Promise<void> {
  await unitOfWork.run(systemActor(home.cityId), async (tx) => {
    const [version] = await tx.query<{ id: string; text_hash: string }>(
      'SELECT id, text_hash FROM policy_version WHERE city_id = $1 AND policy_id = $2 ORDER BY no DESC LIMIT 1', [home.cityId, policyId]);
    await tx.query(
      `INSERT INTO drafting_approval (city_id, id, tenant_id, policy_id, version_id, text_hash, statement, approved_by, approved_at) VALUES ($1, $2, $3, $4, $5, $6, '同意', $7, $8)`,
      [home.cityId, newId(), home.tenantId, policyId, version?.id, version?.text_hash, byAccountId, tx.at]);
  });
}
