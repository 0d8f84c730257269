import { type Gate, latestSubmittedVersion } from '@core/policy';
import { clauseChanged } from '@core/documents';
import { clauseNodes } from '../queries/clause-nodes';
import { articleOf } from './coverage.gate';

interface Adopted {
  receipt_no: string;
  version_id: string;
  adopted_identity: string;
}

/** What was promised is in the text: the clause that an adopted opinion names differs between the version asked about and the one going on. */
export const adoptedLinkedGate: Gate = {
  key: 'consultation.adopted_linked',
  on: ['submit_for_review'],
  async check(tx, policy) {
    const adopted = await tx.query<Adopted>(
      `SELECT o.receipt_no, o.version_id, a.adopted_identity FROM consultation c
       JOIN opinion_answer a ON a.city_id = c.city_id AND a.consultation_id = c.id AND a.adopted_identity IS NOT NULL
       JOIN opinion o ON o.city_id = a.city_id AND o.id = a.opinion_id
       WHERE c.city_id = $1 AND c.policy_id = $2 ORDER BY o.receipt_no`, [tx.cityId, policy.id]);
    if (adopted.length === 0) return null;
    const latest = await latestSubmittedVersion(tx, policy.id);
    const after = latest ? await clauseNodes(tx, latest.id) : [];
    const unchanged: Adopted[] = [];
    for (const versionId of new Set(adopted.map((one) => one.version_id))) {
      const before = await clauseNodes(tx, versionId);
      unchanged.push(...adopted.filter((one) => one.version_id === versionId && !clauseChanged(before, after, one.adopted_identity)));
    }
    if (unchanged.length === 0) return null;
    const receipts = unchanged.slice(0, 5).map((one) => one.receipt_no).join('、');
    return { gate: adoptedLinkedGate.key, key: 'consultation:gate.unlinked', params: { count: unchanged.length, receipts }, article: articleOf(tx, policy) };
  },
};
