import type { Dependent, DependentSource } from '@core/policy';
import type { CampaignState } from '../domain/campaign';
import { EVALUATOR_ARTICLE } from '../domain/report';

/** Campaigns that still judge the policy: it is taken out of them, or judged to the end for what can be learnt. */
export const openCampaigns: DependentSource = {
  key: 'evaluation.campaigns',
  async list(tx, policyId) {
    const rows = await tx.query<{ id: string; title: string; state: CampaignState }>(
      `SELECT m.id, m.title, m.state FROM evaluation_campaign_policy x JOIN evaluation_campaign m ON m.city_id = x.city_id AND m.id = x.campaign_id
       WHERE x.city_id = $1 AND x.policy_id = $2 AND x.is_open ORDER BY m.opened_at, m.id`, [tx.cityId, policyId]);
    return rows.map(({ id, title, state }): Dependent => ({
      kind: 'evaluation.campaign', id, title, stateKey: `abolition:state.campaign.${state}`, href: `/console/evaluation-campaigns/${id}`, role: 'evaluator', people: 0, fundsFen: 0,
      ways: ['stop', 'finish'], article: EVALUATOR_ARTICLE,
    }));
  },
};
