import { type Gate, latestSubmittedVersion } from '@core/policy';
import { meetingArticle } from '../domain/articles';
import { approvals } from '../persistence/repositories';

/** What is issued is what the head signed after the meeting, letter for letter. */
export const approvedText: Gate = {
  key: 'drafting.approved_text',
  on: ['publish'],
  async check(tx, policy) {
    const latest = await latestSubmittedVersion(tx, policy.id);
    const approval = latest && (await approvals.findOne(tx, { policyId: policy.id, versionId: latest.id }));
    if (approval && approval.textHash === latest.textHash) return null;
    return { gate: 'drafting.approved_text', key: 'drafting:gate.approvedText', article: meetingArticle(policy.kind) };
  },
};
