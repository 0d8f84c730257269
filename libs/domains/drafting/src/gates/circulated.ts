import { clauseChanged } from '@core/documents';
import { type Gate, latestSubmittedVersion, type PolicyRow, provisionsOf } from '@core/policy';
import type { UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { circulationArticle } from '../domain/articles';
import { settledBy } from '../domain/circulation';
import { type CirculationStanding, circulationStanding, lastWords, type PromisedClause, promisedClauses } from '../persistence/circulation-standing';

type Refusal = [key: string, params?: Record<string, unknown>];

/**
 * Before review: every department that countersigns was asked, and where others' duties are concerned at least one was; nobody's reply is awaited any more;
 * every opinion is handled, what was adopted is in the text, and no department's disagreement stands. A department that let its day pass counts as asked once
 * a person ended the circulation, never as one that agreed.
 */
export const circulated: Gate = {
  key: 'drafting.circulated',
  on: ['submit_for_review'],
  async check(tx, policy) {
    const standing = await circulationStanding(tx, policy.id);
    const refusals = [...awaitedOf(standing), ...(standing.held > 0 ? await unsettled(tx, policy, standing) : [])];
    return refusals.map(([key, params]): UnmetGate => ({ gate: 'drafting.circulated', key: `circulation:gate.${key}`, article: circulationArticle(policy.kind), ...(params ? { params } : {}) }));
  },
};

function awaitedOf({ concernsOthers, notAsked, held, awaited }: CirculationStanding): Refusal[] {
  const refusals: Refusal[] = [];
  if (notAsked.length > 0) refusals.push(['notAsked', { departments: notAsked.join('、') }]);
  else if (concernsOthers && held === 0) refusals.push(['none']);
  if (awaited.length > 0) refusals.push(['open', { departments: awaited.join('、') }]);
  return refusals;
}

async function unsettled(tx: TenantTx, policy: PolicyRow, { unhandled }: CirculationStanding): Promise<Refusal[]> {
  const unlinked = await unchangedPromises(tx, policy.id);
  const opposed = (await lastWords(tx, policy.id)).filter(({ stance, log }) => stance === 'disagree' && settledBy(log) === null);
  const refusals: Refusal[] = [];
  if (unhandled > 0) refusals.push(['unhandled', { count: unhandled }]);
  if (unlinked.length > 0) refusals.push(['unlinked', { count: unlinked.length, departments: [...new Set(unlinked.map(({ department }) => department))].join('、') }]);
  if (opposed.length > 0) refusals.push(['unsettled', { departments: opposed.map(({ department }) => department).join('、') }]);
  return refusals;
}

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
