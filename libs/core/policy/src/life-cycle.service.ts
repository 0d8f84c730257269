import { recordAudit } from '@platform/audit';
import { canonicalJson, DomainError, type UnmetGate } from '@platform/kernel';
import { emit } from '@platform/messaging';
import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import type { Gate, TransitionEffect } from './gates';
import { orderArticle } from './domain/kinds';
import { LIFE_CYCLE, type PolicyRecord, type PolicyTransition, PUBLIC_EVENTS } from './domain/life-cycle';
import type { PolicyRow } from './persistence/policy.entity';
import { policies } from './persistence/repositories';

export interface EventNote {
  /** Facts that explain the step; ids, figures, short words. They are part of the hashed record. */
  details?: Record<string, unknown>;
}

/** The spine's one way forward: table, gates, state, hash-chained event, effects, outbox and audit, all in the caller's transaction. */
@Injectable()
export class LifeCycle {
  private readonly gates: Gate[] = [];
  private readonly effects: TransitionEffect[] = [];

  registerGate(gate: Gate): void {
    if (this.gates.some((other) => other.key === gate.key)) throw new Error(`two gates are called ${gate.key}`);
    this.gates.push(gate);
  }

  registerEffect(effect: TransitionEffect): void {
    if (this.effects.some((other) => other.key === effect.key)) throw new Error(`two effects are called ${effect.key}`);
    this.effects.push(effect);
  }

  /** The gates that stand before a transition and are not met; empty when the way is free. Reads only. */
  async unmetGates(tx: TenantTx, policy: PolicyRow, transition: PolicyTransition): Promise<UnmetGate[]> {
    const unmet: UnmetGate[] = [];
    for (const gate of this.gates.filter((candidate) => candidate.on.includes(transition))) {
      const reason = await gate.check(tx, policy);
      if (reason) unmet.push(...[reason].flat());
    }
    return unmet;
  }

  /**
   * Takes one step. The policy is locked first, so two steps at once follow each other and the second sees the first's state. Refuses with
   * `conflict`: a step that may not start here, or with every unmet gate and its article.
   */
  async advance(tx: TenantTx, policyId: string, transition: PolicyTransition, note: EventNote = {}): Promise<PolicyRow> {
    const policy = await policies.lockForUpdate(tx, policyId);
    if (!LIFE_CYCLE.from(policy.state).some(({ name }) => name === transition)) {
      throw new DomainError('conflict', 'policy:error.wrongState', { params: { state: policy.state, transition }, article: orderArticle(policy.kind) });
    }
    const { to } = LIFE_CYCLE.require(transition, policy.state);
    const unmet = await this.unmetGates(tx, policy, transition);
    if (unmet.length > 0) {
      throw new DomainError('conflict', 'policy:error.gatesUnmet', { gates: unmet, params: { transition } });
    }
    const from = policy.state;
    const opensToPublic = policy.publicSince === null && (to === 'consulting' || to === 'published');
    const patch = {
      state: to, rowVersion: policy.rowVersion + 1,
      ...(opensToPublic ? { publicSince: tx.at } : {}),
      ...(to === 'published' ? { publishedAt: tx.at } : {}),
    };
    await policies.update(tx, policy.id, patch);
    Object.assign(policy, patch);
    await this.append(tx, policy, transition, from, {
      gates: this.gates.filter((gate) => gate.on.includes(transition)).map((gate) => gate.key),
      ...note.details,
    });
    for (const effect of this.effects.filter((candidate) => candidate.on.includes(transition))) await effect.run(tx, policy);
    await emit(tx, { type: 'policy.advanced.v1', tenantId: policy.tenantId, payload: { policyId: policy.id, transition, from, to } });
    recordAudit(tx, { action: `policy.${transition}`, subjectType: 'policy', subjectId: policy.id, tenantId: policy.tenantId, details: { from, to } });
    return policy;
  }

  /** Writes a record that is no transition (a signed docket, a published result) into the policy's life cycle. */
  async record(tx: TenantTx, policy: PolicyRow, name: PolicyRecord, note: EventNote = {}): Promise<void> {
    await this.append(tx, policy, name, policy.state, note.details ?? {});
  }

  private async append(tx: TenantTx, policy: PolicyRow, name: PolicyTransition | PolicyRecord, from: string, details: Record<string, unknown>): Promise<void> {
    const [version] = await tx.query<{ id: string; text_hash: string | null }>(
      `SELECT id, text_hash FROM policy_version WHERE city_id = $1 AND policy_id = $2 AND state = 'submitted' ORDER BY no DESC LIMIT 1`,
      [tx.cityId, policy.id]);
    const [city] = await tx.query<{ rule_pack: string }>('SELECT rule_pack FROM city WHERE id = $1', [tx.cityId]);
    const payload = canonicalJson({
      actor: tx.actor.accountId, actorName: tx.actor.name, at: tx.at, details, from, name, policyId: policy.id,
      rulePack: city?.rule_pack, tenantId: tx.actor.tenantId, textHash: version?.text_hash ?? null, to: policy.state, versionId: version?.id ?? null,
    });
    // seq and hashes are set by the trigger link_chain.
    await tx.query(
      `INSERT INTO life_cycle_event (city_id, chain, seq, tenant_id, policy_id, is_public, payload, prev_hash, hash)
       VALUES ($1, $2, 0, $3, $4, $5, $6, '', '')`,
      [tx.cityId, `policy/${policy.id}`, policy.tenantId, policy.id, PUBLIC_EVENTS.has(name), payload]);
  }
}
