import type { Docket, PolicyRow, VersionRow } from '@core/policy';
import { deadline, parameter } from '@core/statutes';
import { chinaDate, DomainError, type IsoDate, newId } from '@platform/kernel';
import { emit } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import { docketArticle } from '../domain/dockets';
import { DOCKET_OPENED } from '../drafting.events';
import { dockets } from '../persistence/repositories';

/**
 * Working days for a review: for normative documents the longest that the legality review may take (国办发〔2018〕115号), for major
 * decisions the shortest that it must be given (重大行政决策程序暂行条例 §26). No rule sets a period for the others.
 */
function workingDays(docket: Docket, policy: PolicyRow, on: IsoDate): number | null {
  if (docket !== 'legality') return null;
  return policy.kind === 'major_decision' ? parameter('mad.legal_review', on).value.min : parameter('nrd.legal_review', on).value.max;
}

/** The last day of the review, or null where no rule sets one or the holiday notice of the year is not out yet: a date is never guessed. */
function dueOn(docket: Docket, policy: PolicyRow, from: IsoDate): IsoDate | null {
  const days = workingDays(docket, policy, from);
  if (days === null) return null;
  try {
    return deadline({ from, days, unit: 'wd' }).due;
  } catch (error) {
    if (error instanceof DomainError && error.key === 'statutes:error.noCalendar') return null;
    throw error;
  }
}

/** Opens these dockets for one submitted version; one that passed for the same text need not be passed again. */
export async function openDockets(tx: TenantTx, policy: PolicyRow, version: VersionRow, kinds: readonly Docket[]): Promise<void> {
  const textHash = version.textHash ?? '';
  const passed = await dockets.find(tx, { policyId: policy.id, textHash, outcome: 'passed' });
  for (const kind of kinds.filter((wanted) => !passed.some((docket) => docket.kind === wanted))) {
    const id = newId();
    await dockets.insert(tx, {
      id, tenantId: policy.tenantId, policyId: policy.id, versionId: version.id, kind, textHash, openedBy: tx.actor.accountId ?? '', openedAt: tx.at,
      dueOn: dueOn(kind, policy, chinaDate(tx.at)), dueArticle: docketArticle(kind, policy.kind), reviewerId: null, reviewerTenantId: null,
      outcome: null, opinion: '', minutes: '', votesFor: null, votesAgainst: null, votesAbstain: null, dissent: '', signedAt: null, rowVersion: 1,
    });
    await emit(tx, { type: DOCKET_OPENED, tenantId: policy.tenantId, payload: { policyId: policy.id, docketId: id } });
  }
}
