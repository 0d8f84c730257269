import { newId } from '@platform/kernel';
import type { Home, Insert, Specimens } from './insert';

const CRITERIA = [{ key: 'k1', label: '水平', weight: 60 }, { key: 'k2', label: '前景', weight: 40 }];

/** A call in every state under the published policy, with what hangs on it. */
export async function fundingSpecimens(insert: Insert, home: Home, ids: Specimens, secret: string): Promise<void> {
  const { staff, at } = home;
  const days = (count: number): Date => new Date(at.getTime() + count * 86_400_000);
  ids['programme'] = await insert('fund_programme', { id: newId(), policy_id: ids['policy.published'], clause_identity: 'a1', title: `专项${home.key}`, created_by: staff['fund_manager'], created_at: at });
  for (const state of ['draft', 'open', 'closed', 'reviewing', 'decided', 'noticed', 'awarded']) {
    const over = !['draft', 'open'].includes(state);
    ids[`call.${state}`] = await insert('funding_call', {
      id: newId(), programme_id: ids['programme'], policy_id: ids['policy.published'], title: state === 'draft' ? `${secret}申报` : `申报${home.key}${state}`, guide: '指南', state,
      budget_fen: 1_000_000, per_award_max_fen: 500_000, opens_at: days(-60), closes_at: over ? days(-20) : days(20), answer_by: '2026-12-31', conditions: JSON.stringify([]),
      criteria: JSON.stringify(CRITERIA), experts_needed: 3, divergence_threshold: 20, created_by: staff['fund_manager'], created_at: at, opened_at: state === 'draft' ? null : days(-60),
    });
  }
  await applications(insert, home, ids, secret);
  await outcome(insert, home, ids, secret);
}

async function applications(insert: Insert, { key, cityId, at, enterprises, experts }: Home, ids: Specimens, secret: string): Promise<void> {
  const application = (name: string, call: string, state: string, applicant = 0, more: Record<string, unknown> = {}): Promise<string> => insert('fund_application', {
    id: newId(), call_id: ids[call], enterprise_id: enterprises[applicant]?.enterpriseId, state, created_at: at, data: { title: `${secret}项目`, summary: secret, amountFen: 100_000 },
    ...(state === 'draft' ? {} : { receipt: `${cityId}-${key}-${name}`, submitted_at: at, submitted_by: enterprises[applicant]?.accountId }), ...more,
  });
  ids['application'] = await application('checked', 'call.open', 'submitted');
  ids['application.accepted'] = await application('accepted', 'call.reviewing', 'accepted');
  ids['application.rerouting'] = await application('rerouting', 'call.closed', 'rerouting', 0, { reroute_call_id: ids['call.open'] });
  ids['application.withdrawable'] = await application('withdrawable', 'call.noticed', 'submitted');
  ids['application.granted'] = await application('granted', 'call.awarded', 'granted');
  ids['application.draft'] = await application('draft', 'call.decided', 'draft');
  ids['review'] = await insert('review_assignment', {
    id: newId(), call_id: ids['call.reviewing'], call_title: `申报${key}`, application_id: ids['application.accepted'], expert_id: experts[0]?.expertId, account_id: experts[0]?.accountId,
    assigned_at: at, step: 1, why: 'drawn', criteria: JSON.stringify(CRITERIA), snapshot: { title: `${secret}项目`, summary: secret, amountFen: 100_000, conditions: [] },
  });
}

async function outcome(insert: Insert, { at, staff, enterprises }: Home, ids: Specimens, secret: string): Promise<void> {
  const decision = (call: string, application: string, noticed: boolean): Promise<string> => insert('fund_decision', {
    id: newId(), call_id: ids[call], application_id: ids[application], enterprise_id: enterprises[0]?.enterpriseId, enterprise_name: '示例企业', project_title: '示例项目', granted: true,
    amount_fen: 100_000, score: 80, reason: secret, decided_by: staff['department_head'], decided_at: at, noticed_at: noticed ? at : null,
  });
  ids['decision'] = await decision('call.noticed', 'application.withdrawable', true);
  ids['decision.awarded'] = await decision('call.awarded', 'application.granted', true);
  await insert('funding_notice', { call_id: ids['call.noticed'], starts_on: '2026-05-30', ends_on: '2026-06-15', working_days: 7, posted_by: staff['fund_manager'], posted_at: at });
  ids['objection'] = await insert('fund_objection', {
    id: newId(), call_id: ids['call.noticed'], decision_id: ids['decision'], account_id: enterprises[1]?.accountId, author_name: secret, text: `${secret}，请核查。`, state: 'open', created_at: at,
  });
  ids['award'] = await insert('fund_award', {
    id: newId(), call_id: ids['call.awarded'], programme_id: ids['programme'], application_id: ids['application.granted'], decision_id: ids['decision.awarded'],
    enterprise_id: enterprises[0]?.enterpriseId, amount_fen: 100_000, awarded_by: staff['department_head'], awarded_at: at,
  });
}
