import { ArrangeEntry, DecideCityPlan, MoveEntry } from '@domains/drafting';
import type { Actor } from '@platform/kernel';
import { Injectable } from '@nestjs/common';
import type { ArrangeEntryDto, DecideCityPlanDto } from './city-plan.dto';

/** What page and API alike make of one form with several ends. */
@Injectable()
export class CityPlanSteps {
  constructor(
    private readonly arrangeEntry: ArrangeEntry,
    private readonly moveEntry: MoveEntry,
    private readonly decideCityPlan: DecideCityPlan,
  ) {}

  async arrange(actor: Actor, planId: string, entryId: string, dto: ArrangeEntryDto): Promise<void> {
    if (dto.action === 'place') await this.arrangeEntry.place(actor, planId, entryId, { position: dto.position, dueMonth: dto.dueMonth });
    else if (dto.action === 'move') await this.moveEntry.run(actor, planId, entryId, { year: dto.year, note: dto.note });
    else await this.arrangeEntry.refuse(actor, planId, entryId, dto.note);
  }

  async decide(actor: Actor, planId: string, dto: DecideCityPlanDto): Promise<void> {
    if (dto.decision === 'propose') await this.decideCityPlan.propose(actor, planId);
    else if (dto.decision === 'approve') await this.decideCityPlan.approve(actor, planId, dto.seen);
    else await this.decideCityPlan.sendBack(actor, planId, dto.note);
  }
}
