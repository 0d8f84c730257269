import { createHash } from 'node:crypto';
import { newId } from '@platform/kernel';
import type { Home, Insert, Specimens } from './insert';

const INDICATORS = [{ key: 'effective', name: '实效性', question: '目的实现了多少？', weight: 100, max: 10, sides: ['department', 'authority', 'enterprises', 'public', 'expert'] }];
const WEIGHTS = { department: 20, authority: 20, enterprises: 30, public: 15, expert: 15 };

/** A campaign in preparation, one that is being marked by an enterprise, one whose report was handed in; and a conclusion that is followed. */
export async function campaignSpecimens(insert: Insert, { key, staff, enterprises, at }: Home, ids: Specimens, secret: string): Promise<void> {
  const policy = (name: string): Promise<string> => insert('policy', {
    id: newId(), kind: 'policy_document', title: `公开政策${key}${name}`, summary: '', state: 'published', responsible_id: staff['department_head'], created_at: at, affects_market: false, public_since: at,
    document_number: `${key}〔2026〕${name}号`, published_at: at, effective_from: '2026-01-01',
  });
  const campaign = (more: Record<string, unknown>): Promise<string> => insert('evaluation_campaign', {
    id: newId(), title: `${secret}评估`, kind: 'policy_document', trigger: 'decision', reason: secret, period_from: '2026-01-01', period_to: '2026-05-31', library: 'policy_document@1',
    indicators: JSON.stringify(INDICATORS), side_weights: WEIGHTS, leader_id: staff['evaluator'], opened_at: at, ...more,
  });
  const scoring = { started_at: at, closes_on: '2026-12-31' };
  const assessor = (campaignId: string, side: string, accountId: string | undefined): Promise<string> =>
    insert('evaluation_assessor', { id: newId(), campaign_id: campaignId, side, account_id: accountId, assigned_by: staff['evaluator'], assigned_at: at });

  ids['policy.prepared'] = await policy('预');
  ids['campaign.preparing'] = await campaign({ state: 'preparing' });
  await insert('evaluation_campaign_policy', { campaign_id: ids['campaign.preparing'], policy_id: ids['policy.prepared'], is_open: true });
  ids['assessor.removable'] = await assessor(ids['campaign.preparing'], 'department', staff['fund_manager']);

  ids['policy.scored'] = await policy('评');
  ids['campaign.scoring'] = await campaign({ state: 'scoring', ...scoring });
  await insert('evaluation_campaign_policy', { campaign_id: ids['campaign.scoring'], policy_id: ids['policy.scored'], is_open: true });
  await assessor(ids['campaign.scoring'], 'enterprises', enterprises[0]?.accountId);
  const other = await assessor(ids['campaign.scoring'], 'department', staff['finance_officer']);
  await insert('evaluation_sheet', {
    id: newId(), campaign_id: ids['campaign.scoring'], policy_id: ids['policy.scored'], assessor_id: other, marks: { effective: { score: 3, note: secret } }, basis: 'judgement', remark: secret, state: 'draft', saved_at: at,
  });

  ids['policy.reported'] = await policy('报');
  const closed = await campaign({ state: 'reporting', ...scoring, closed_at: at });
  await insert('evaluation_campaign_policy', { campaign_id: closed, policy_id: ids['policy.reported'], is_open: false });
  const hash = createHash('sha256').update(secret).digest('hex');
  ids['report.campaign'] = await insert('evaluation_report', {
    id: newId(), policy_id: ids['policy.reported'], evaluator_id: staff['evaluator'], period_from: '2026-01-01', period_to: '2026-05-31', created_at: at, reason: secret, summary: secret, state: 'submitted', conclusion: 'amend',
    submitted_at: at, campaign_id: closed, sections: { process: secret, practice: secret, problems: secret, advice: secret }, edition: 1, content_hash: hash,
    scores: { indicators: INDICATORS, sides: [], byIndicator: {}, total: null, covered: 0, sheets: [] }, evidence: { takenAt: at.toISOString(), from: '2026-01-01', to: '2026-05-31', sources: [] },
  });
  await insert('evaluation_edition', { report_id: ids['report.campaign'], no: 1, content: secret, content_hash: hash, submitted_by: staff['evaluator'], submitted_at: at });
  const returned = createHash('sha256').update(`${secret}2`).digest('hex');
  await insert('evaluation_edition', { report_id: ids['report.draft'], no: 1, content: secret, content_hash: returned, submitted_by: staff['evaluator'], submitted_at: at });
  await insert('evaluation_signature', { report_id: ids['report.draft'], edition: 1, decision: 'returned', reason: secret, content_hash: returned, signed_by: staff['department_head'], signed_at: at });
  await insert('evaluation_follow_up', { report_id: ids['report.submitted'], policy_id: ids['policy.issued'], conclusion: 'amend', state: 'waiting', opened_at: at });
}
