import { type Actor, DomainError, newId } from '@platform/kernel';
import { recordAudit } from '@platform/audit';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { UNCHECKED } from '../domain/application';
import { ARTICLES } from '../domain/articles';
import { ALGORITHM, commitmentHash } from '../domain/draw';
import { type Candidate, formPool } from '../domain/pool';
import { requireStaff } from '../funding.access';
import type { CallRow } from '../persistence/call.entity';
import { enterprisesById } from '../persistence/enterprise.repository';
import { applications, calls, draws } from '../persistence/repositories';

export interface CommitDrawInput {
  /** Which public value will be the seed, told so exactly that nobody can choose later: "双色球第2026135期红球与蓝球号码". */
  seedSource: string;
  /** The earliest instant at which anybody can know it. */
  seedAvailableAt: Date;
  /** Experts who must stand aside for a reason that the register does not hold. */
  declared?: { expertId: string; reason: string }[];
}

/** Milliseconds for which the commitment must have stood before its seed can be known: time to see it. */
const LEAD_MS = 60 * 60_000;

/**
 * Fixes the ordered pool and the recusals and publishes their hash, before the seed of the draw exists. Runs once a call, when every application has
 * been checked, because the applicants decide who must stand aside (政府采购法实施条例 §9, by analogy).
 */
@Injectable()
export class CommitDraw {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, callId: string, input: CommitDrawInput): Promise<{ commitment: string }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const call = await calls.lockForUpdate(tx, callId);
      requireStaff(actor, 'funding.manage', call);
      if (call.state !== 'closed') throw DomainError.conflict('common:error.wrongState', { subject: 'funding_call', state: call.state, transition: 'commit_draw' });
      if (await draws.findOne(tx, { callId: call.id })) throw new DomainError('conflict', 'funding:error.alreadyCommitted', { article: ARTICLES.draw });
      if (input.seedSource.trim().length < 6) throw DomainError.invalid('funding:error.seedSource', [{ field: 'seedSource', key: 'funding:error.seedSource' }]);
      if (input.seedAvailableAt.getTime() < tx.at.getTime() + LEAD_MS) {
        throw new DomainError('invalid', 'funding:error.seedTooSoon', { fields: [{ field: 'seedAvailableAt', key: 'funding:error.seedTooSoon' }], article: ARTICLES.draw });
      }
      const { pool, recusals } = formPool(await this.candidates(tx, call), await this.applicantCodes(tx, call.id), new Map((input.declared ?? []).map(({ expertId, reason }) => [expertId, reason])));
      if (pool.length < call.expertsNeeded) {
        throw new DomainError('conflict', 'funding:error.poolTooSmall', { params: { pool: pool.length, needed: call.expertsNeeded }, article: ARTICLES.shortage });
      }
      const committed = {
        algorithm: ALGORITHM, callId: call.id, pool, recusals, needed: call.expertsNeeded, seedSource: input.seedSource.trim(), seedAvailableAt: input.seedAvailableAt,
      };
      const commitment = commitmentHash(committed);
      await draws.insert(tx, {
        ...committed, id: newId(), tenantId: actor.tenantId, commitment, committedAt: tx.at, committedBy: actor.accountId,
        seed: null, seedKey: null, selection: null, revealedAt: null, revealedBy: null,
      });
      recordAudit(tx, { action: 'funding.draw_committed', subjectType: 'funding_call', subjectId: call.id, details: { commitment, ...input } });
      return { commitment };
    });
  }

  private candidates(tx: TenantTx, call: CallRow): Promise<Candidate[]> {
    return tx.query<Candidate>(
      `SELECT id AS "expertId", code, field, employer_code AS "employerCode", ties FROM expert_profile
       WHERE city_id = $1 AND active AND ($2::text IS NULL OR field = $2) ORDER BY code`, [tx.cityId, call.expertField]);
  }

  /** The credit codes of those whose applications go to review; refuses while one is unchecked, or none is left. */
  private async applicantCodes(tx: TenantTx, callId: string): Promise<Set<string>> {
    const all = await applications.find(tx, { callId });
    const unchecked = all.filter(({ state }) => UNCHECKED.includes(state)).length;
    if (unchecked > 0) throw DomainError.conflict('funding:error.unchecked', { count: unchecked });
    const accepted = all.filter(({ state }) => state === 'accepted');
    if (accepted.length === 0) throw DomainError.conflict('funding:error.nothingToReview');
    const enterprises = await enterprisesById(tx, accepted.map(({ enterpriseId }) => enterpriseId));
    return new Set([...enterprises.values()].map(({ creditCode }) => creditCode));
  }
}
