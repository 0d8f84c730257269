import { type Dependent, type DependentsRegistry, policies } from '@core/policy';
import type { Fen, UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { drawUpNotice } from '../domain/notice';
import { opinionsArticle, type Settlement, standingFor } from '../domain/settlement';
import { missingOf } from '../gates/case-complete';
import { can } from '../ledger.access';
import { abolitionCases } from '../persistence/repositories';
import type { AbolitionCase } from './abolition-desk';
import { caseFacts } from './case-facts';

/** Something that hangs on the policy, with what was settled about it. */
export interface DependentItem extends Dependent {
  settlement: Settlement | null;
  /** Settlements of it so far; the next one names this number. */
  seen: number;
  maySettle: boolean;
}

/** How an open case stands, and of a decided one what is still being worked off. */
export interface CaseWork {
  caseId: string;
  items: DependentItem[];
  people: number;
  fundsFen: Fen;
  /** Settled, and over meanwhile. */
  over: Settlement[];
  /** What it lacks before it can be decided for abolition; empty for a decided one. */
  missing: UnmetGate[];
  /** What asks for the opinions of the public on such a policy. */
  opinionsArticle: string | null;
  /** The notice as the case would have it. */
  noticeDraft: string;
}

/** What hangs on a policy, seen from one case of its abolition; null for a case that ended with the policy being kept. */
export async function caseWork(tx: TenantTx, registry: DependentsRegistry, policyId: string, newest: AbolitionCase): Promise<CaseWork | null> {
  if (newest.decision === 'keep') return null;
  const policy = await policies.require(tx, policyId);
  const matter = await abolitionCases.require(tx, newest.id);
  const facts = await caseFacts(tx, registry, policy, matter);
  const { dependents: { items, people, fundsFen }, settled } = facts;
  const open = newest.decision === null;
  const settles = open && can(tx.actor, 'ledger.settle_dependent', policy);
  const replacement = newest.replacedBy && { title: newest.replacedBy.title, documentNumber: newest.replacedBy.number };
  return {
    caseId: newest.id, people, fundsFen,
    items: items.map((item) => ({
      ...item, settlement: standingFor(item, settled), seen: settled.find(({ kind, itemId }) => kind === item.kind && itemId === item.id)?.no ?? 0,
      maySettle: settles && (tx.actor.roles.includes('drafter') || tx.actor.roles.includes(item.role)),
    })),
    over: settled.filter(({ kind, itemId }) => !items.some((item) => item.kind === kind && item.id === itemId)),
    missing: open ? missingOf(facts) : [], opinionsArticle: opinionsArticle(policy),
    noticeDraft: open && newest.proposedEffectOn ? drawUpNotice({ ...policy, effectOn: newest.proposedEffectOn, reason: newest.reason, replacement, transition: newest.transition }) : '',
  };
}
