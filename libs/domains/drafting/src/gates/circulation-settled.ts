import { clauseChanged } from '@core/documents';
import { type Gate, latestSubmittedVersion, provisionsOf } from '@core/policy';
import type { UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { circulationArticle } from '../domain/articles';
import { settledBy } from '../domain/circulation';
import { circulationStanding, lastWords, type PromisedClause, promisedClauses } from '../persistence/circulation-standing';

const GATE = 'drafting.circulation_settled';

/** Before review: every opinion of a department is handled, what was adopted is in the text, and no department's disagreement stands. */
export const circulationSettled: Gate = {
  key: 'drafting.circulation_settled',
  on: ['submit_for_review'],
  async check(tx, policy) {
    const { held, unhandled } = await circulationStanding(tx, policy.id);
    if (held === 0) return null;
    const unmet = (key: string, params: Record<string, unknown>): UnmetGate => ({ gate: GATE, key: `circulation:gate.${key}`, params, article: circulationArticle(policy.kind) });
    const unlinked = await unchangedPromises(tx, policy.id);
    const opposed = (await lastWords(tx, policy.id)).filter(({ stance, log }) => stance === 'disagree' && settledBy(log) === null);
    return [
      ...(unhandled > 0 ? [unmet('unhandled', { count: unhandled })] : []),
      ...(unlinked.length > 0 ? [unmet('unlinked', { count: unlinked.length, departments: [...new Set(unlinked.map(({ department }) => department))].join('、') })] : []),
      ...(opposed.length > 0 ? [unmet('unsettled', { departments: opposed.map(({ department }) => department).join('、') })] : []),
    ];
  },
};

/** Adopted opinions whose clause reads as it did in the version that was asked about. */
async function unchangedPromises(tx: TenantTx, policyId: string): Promise<PromisedClause[]> {
  const promised = await promisedClauses(tx, policyId);
  if (promised.length === 0) return [];
  const latest = await latestSubmittedVersion(tx, policyId);
  const after = latest ? await provisionsOf(tx, latest.id) : [];
  const unchanged: PromisedClause[] = [];
  for (const versionId of new Set(promised.map((one) => one.versionId))) {
    const before = await provisionsOf(tx, versionId);
    unchanged.push(...promised.filter((one) => one.versionId === versionId && !clauseChanged(before, after, one.changedIdentity)));
  }
  return unchanged;
}
