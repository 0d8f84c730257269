import type { Dependent, DependentSource } from '@core/policy';

/** Consultations that run, or wait for their result, on a draft that would amend the policy. They follow what is settled about the draft: withdrawn with it, or gone on with. */
export const consultationsOnRevisions: DependentSource = {
  key: 'consultation.revisions',
  async list(tx, policyId) {
    const rows = await tx.query<{ id: string; title: string; state: string; draftId: string }>(
      `SELECT c.id, c.title, c.state, c.policy_id AS "draftId" FROM policy_link l JOIN policy p ON p.city_id = l.city_id AND p.id = l.policy_id AND p.published_at IS NULL AND p.state <> 'withdrawn'
       JOIN consultation c ON c.city_id = p.city_id AND c.policy_id = p.id AND c.result_published_at IS NULL
       WHERE l.city_id = $1 AND l.target_id = $2 AND l.kind = 'amends' ORDER BY c.opens_at, c.id`, [tx.cityId, policyId]);
    return rows.map(({ id, title, state, draftId }): Dependent => ({
      kind: 'consultation.revision', id, title, stateKey: `abolition:state.consultation.${state}`, href: `/console/policies/${draftId}/consultation`, role: 'drafter', people: 0, fundsFen: 0,
      ways: ['with_revision'], article: '国办发〔2018〕37号',
    }));
  },
};
