import type { Dependent, DependentSource } from '@core/policy';
import { INTERPRETATION_ARTICLE } from '../domain/material';

/**
 * Interpretations that went out with the policy. They end with it on the day: what is shown follows from the policy's validity, so nothing is carried out and nothing can be forgotten; the
 * released text itself stays, as part of the record.
 */
export const releasedInterpretations: DependentSource = {
  key: 'interpretation.materials',
  async list(tx, policyId) {
    const rows = await tx.query<{ id: string; title: string }>(
      `SELECT id, title FROM interpretation_material WHERE city_id = $1 AND policy_id = $2 AND state = 'released' ORDER BY kind DESC, id`, [tx.cityId, policyId]);
    return rows.map((row): Dependent => ({
      ...row, kind: 'interpretation.material', stateKey: 'abolition:state.interpretation.shown', href: `/console/policies/${policyId}/interpretation`, role: 'interpreter', people: 0, fundsFen: 0,
      ways: ['end'], article: INTERPRETATION_ARTICLE,
    }));
  },
};
