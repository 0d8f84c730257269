import { type Gate, latestSubmittedVersion } from '@core/policy';
import { clauseChanged } from '@core/documents';
import type { TenantTx } from '@platform/persistence';
import { clauseNodes } from '../queries/clause-nodes';
import { articleOf } from './coverage.gate';

/** A clause that adopted opinions of one consultation name, and how many do. */
interface Adopted {
  consultation_id: string;
  version_id: string;
  adopted_identity: string;
  count: number;
}

/** How many receipts a refusal names. */
const NAMED = 5;

/** What was promised is in the text: the clause that an adopted opinion names differs between the version asked about and the one going on. */
export const adoptedLinkedGate: Gate = {
  key: 'consultation.adopted_linked',
  on: ['submit_for_review'],
  async check(tx, policy) {
    const adopted = await tx.query<Adopted>(
      // Counted before it is joined: there may be ten thousand answers and one consultation.
      `SELECT c.id AS consultation_id, c.version_id, n.adopted_identity, n.count FROM consultation c
       JOIN LATERAL (SELECT a.adopted_identity, count(*)::integer AS count FROM opinion_answer a
         WHERE a.city_id = $1 AND a.consultation_id = c.id AND a.adopted_identity IS NOT NULL GROUP BY 1) n ON true
       WHERE c.city_id = $1 AND c.policy_id = $2`, [tx.cityId, policy.id]);
    if (adopted.length === 0) return null;
    const latest = await latestSubmittedVersion(tx, policy.id);
    const after = latest ? await clauseNodes(tx, latest.id) : [];
    const unchanged: Adopted[] = [];
    for (const versionId of new Set(adopted.map((one) => one.version_id))) {
      const before = await clauseNodes(tx, versionId);
      unchanged.push(...adopted.filter((one) => one.version_id === versionId && !clauseChanged(before, after, one.adopted_identity)));
    }
    if (unchanged.length === 0) return null;
    const count = unchanged.reduce((sum, one) => sum + one.count, 0);
    return { gate: adoptedLinkedGate.key, key: 'consultation:gate.unlinked', params: { count, receipts: (await receiptsOf(tx, unchanged)).join('、') }, article: articleOf(tx, policy) };
  },
};

/** The first receipts of those opinions. */
async function receiptsOf(tx: TenantTx, unchanged: readonly Adopted[]): Promise<string[]> {
  const rows = await tx.query<{ receipt_no: string }>(
    `SELECT o.receipt_no FROM (SELECT a.opinion_id FROM opinion_answer a JOIN unnest($2::uuid[], $3::text[]) AS u (consultation_id, identity) ON a.consultation_id = u.consultation_id AND a.adopted_identity = u.identity
       WHERE a.city_id = $1 ORDER BY a.opinion_id LIMIT ${NAMED}) f JOIN opinion o ON o.city_id = $1 AND o.id = f.opinion_id ORDER BY o.receipt_no`,
    [tx.cityId, unchanged.map((one) => one.consultation_id), unchanged.map((one) => one.adopted_identity)]);
  return rows.map((row) => row.receipt_no);
}
