import { recordAudit } from '@platform/audit';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable } from '@nestjs/common';
import { type Indicator, setFaults } from '../domain/indicators';
import type { SideWeights } from '../domain/sides';
import { campaigns } from '../persistence/repositories';
import { holdOwnCampaign } from './hold-campaign';

export interface AdaptIndicatorsInput {
  /** The version of the campaign that the person saw. */
  rowVersion: number;
  indicators: readonly Indicator[];
  sideWeights: SideWeights;
}

/** Adapts the campaign's copy of the indicators and the weights of the sides, before anybody is asked. */
@Injectable()
export class AdaptIndicators {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  run(actor: Actor, campaignId: string, input: AdaptIndicatorsInput): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const campaign = await holdOwnCampaign(tx, campaignId);
      if (campaign.state !== 'preparing') throw DomainError.conflict('appraisal:error.indicatorsStand');
      const faults = setFaults(input.indicators, input.sideWeights);
      if (faults[0]) throw DomainError.invalid(faults[0].key, faults, faults[0].params);
      const indicators = input.indicators.map((one) => ({ ...one, name: one.name.trim(), question: one.question.trim() }));
      await campaigns.updateVersioned(tx, campaign.id, input.rowVersion, { indicators, sideWeights: input.sideWeights });
      recordAudit(tx, { action: 'evaluation.indicators_adapted', subjectType: 'evaluation_campaign', subjectId: campaign.id, details: { indicators: indicators.map(({ key, weight }) => ({ key, weight })) } });
    });
  }
}
