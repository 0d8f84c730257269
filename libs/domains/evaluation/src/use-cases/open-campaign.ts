import { EvaluationSources } from '@core/policy';
import { recordAudit } from '@platform/audit';
import { type Actor, chinaDate, DomainError, newId } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type CampaignOpening, openingFaults } from '../domain/campaign';
import { libraryName, librarySet } from '../domain/indicator-library';
import { EVALUATOR_ARTICLE } from '../domain/report';
import { can } from '../evaluation.access';
import { campaigns, reports } from '../persistence/repositories';
import { isBeingScored, lockPolicies } from '../persistence/scope';
import { partIn } from '../persistence/standing';

/**
 * Opens a campaign on published policies of one kind of the own department, with a copy of the library's set for that kind. Who drafted one of them,
 * or argued for or assessed it before it was decided, does not lead (`forbidden`, with the article). A policy is in one evaluation at a time (`conflict`).
 */
@Injectable()
export class OpenCampaign {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: EvaluationSources,
  ) {}

  run(actor: Actor, input: CampaignOpening): Promise<string> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { tenantId, accountId } = tx.actor;
      if (!tenantId || !accountId || !can(tx.actor, 'evaluation.write', { tenantId })) throw DomainError.forbidden();
      const faults = openingFaults(input, chinaDate(tx.at));
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults);
      const scope = await lockPolicies(tx, input.policyIds);
      if (scope.some((policy) => policy.tenantId !== tenantId)) throw DomainError.notFound();
      if (scope.some(({ state }) => state !== 'published')) throw DomainError.conflict('evaluation:error.notPublished');
      const [kind, ...others] = [...new Set(scope.map((policy) => policy.kind))];
      if (!kind || others.length > 0) throw DomainError.invalid('appraisal:error.oneKind', [{ field: 'policyIds', key: 'appraisal:error.oneKind' }]);
      const ids = scope.map(({ id }) => id);
      const part = await partIn(tx, this.sources, ids, accountId);
      if (part) throw DomainError.forbidden(`appraisal:error.obstacle.${part === 'drafted' ? 'drafted' : 'assessedBefore'}`, EVALUATOR_ARTICLE);
      for (const { id } of scope) {
        const underWay = (await reports.find(tx, { policyId: id })).some(({ state }) => state !== 'published');
        if (underWay || (await isBeingScored(tx, id))) throw DomainError.conflict('evaluation:error.alreadyOpen');
      }
      const library = librarySet(kind, chinaDate(tx.at));
      const id = newId();
      await campaigns.insert(tx, {
        id, tenantId, title: input.title.trim(), kind, trigger: input.trigger, reason: input.reason.trim(), periodFrom: input.periodFrom, periodTo: input.periodTo,
        library: libraryName(library), indicators: library.indicators, sideWeights: library.sideWeights, state: 'preparing', leaderId: accountId, openedAt: tx.at,
        startedAt: null, closesOn: null, closedAt: null, rowVersion: 1,
      });
      for (const policyId of ids) {
        await tx.query('INSERT INTO evaluation_campaign_policy (city_id, campaign_id, policy_id, tenant_id, is_open) VALUES ($1, $2, $3, $4, true)', [tx.cityId, id, policyId, tenantId]);
      }
      recordAudit(tx, { action: 'evaluation.campaign_opened', subjectType: 'evaluation_campaign', subjectId: id, details: { trigger: input.trigger, policyIds: ids, library: libraryName(library) } });
      return id;
    });
  }
}
