import { latestSubmittedVersion, type PolicyRow } from '@core/policy';
import type { TenantTx } from '@platform/persistence';
import { circulationArticle } from '../domain/articles';
import { can } from '../drafting.access';
import { openDraft } from '../persistence/draft-text';
import { circulationStanding } from '../persistence/circulation-standing';

export interface CirculationDesk {
  /** Whether the policy may not go to review without one, and why. */
  required: 'countersign' | 'concerns_others' | null;
  notAsked: string[];
  article: string;
  mayOpen: boolean;
  /** Why nobody may open one now: no submitted version, a draft being written, one that is open already. */
  holds: 'onlySubmitted' | 'alreadyOpen' | null;
  latestVersionId: string | null;
}

/** What the page of a policy's circulation needs beside the circulations themselves. */
export async function circulationDesk(tx: TenantTx, policy: PolicyRow, open: boolean): Promise<CirculationDesk> {
  const { concernsOthers, notAsked } = await circulationStanding(tx, policy.id);
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM participation WHERE city_id = $1 AND policy_id = $2 AND capacity = 'countersign'`, [tx.cityId, policy.id]);
  const latest = await latestSubmittedVersion(tx, policy.id);
  const holds = open ? 'alreadyOpen' : !latest || (await openDraft(tx, policy.id)) ? 'onlySubmitted' : null;
  const mine = policy.tenantId === tx.actor.tenantId && can(tx.actor, 'drafting.write', policy) && (policy.state === 'drafting' || policy.state === 'consulting');
  return {
    required: count > 0 ? 'countersign' : concernsOthers ? 'concerns_others' : null, notAsked, article: circulationArticle(policy.kind),
    mayOpen: mine && holds === null, holds: mine ? holds : null, latestVersionId: latest?.id ?? null,
  };
}

/** The clauses of every version of a policy, each once, as the newest version that has it calls it; those that are gone last. */
export const changedClauseChoices = (tx: TenantTx, policyId: string): Promise<{ value: string; label: string }[]> =>
  tx.query<{ value: string; label: string }>(
    `SELECT value, label || '　' || left(text, 24) AS label FROM (
       SELECT DISTINCT ON (p.identity) p.identity AS value, p.label, p.text, v.no, p.seq FROM policy_version v JOIN provision p ON p.city_id = v.city_id AND p.version_id = v.id
       WHERE v.city_id = $1 AND v.policy_id = $2 AND p.kind = 'article' ORDER BY p.identity, v.no DESC) n ORDER BY n.no DESC, n.seq`, [tx.cityId, policyId]);
