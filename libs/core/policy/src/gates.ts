import type { UnmetGate } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import type { PolicyRow } from './persistence/policy.entity';
import type { PolicyTransition } from './domain/life-cycle';

/**
 * A rule that a transition must pass. Modules register theirs with the spine, which knows no module. `check` reads only; it answers null (or an
 * empty list) when the gate is met, and else what is missing, each with the article that asks for it.
 */
export interface Gate {
  key: string;
  on: readonly PolicyTransition[];
  check(tx: TenantTx, policy: PolicyRow): Promise<UnmetGate | UnmetGate[] | null>;
}

/** What else must happen in the transaction of a transition: the release of interpretations with publication. An error undoes the transition. */
export interface TransitionEffect {
  key: string;
  on: readonly PolicyTransition[];
  run(tx: TenantTx, policy: PolicyRow): Promise<void>;
}
