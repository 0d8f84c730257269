import {
  ChangeCityPlan, type CityPlanDetail, type CityPlanSummary, listCityPlans, MergeEntries, OpenCityPlan, type PlanProgress, planProgress, type PublicPlan, readCityPlan, readPublicPlan,
} from '@domains/drafting';
import { Can, Public } from '@platform/identity';
import type { Actor, Clock } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor } from '../http';
import {
  ArrangeEntryDto, CancelEntryDto, DecideChangeDto, DecideCityPlanDto, MergeEntriesDto, OpenCityPlanDto, ProgressDto, PublicPlanDto, SupplementDto,
} from './city-plan.dto';
import { required } from './city-plan.portal';
import { CityPlanSteps } from './city-plan-steps';

@ApiTags('drafting')
@Controller('api/v1/cities/:city/plan')
export class PublicPlanApi {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The approved plan of a year, by default the newest: matters with their progress, and every change with its reason. */
  @Public()
  @Get()
  show(@CityCode() cityId: string, @Query() { year }: PublicPlanDto): Promise<PublicPlan> {
    return required(readPublicPlan(this.reader, cityId, this.clock.now(), year || undefined));
  }
}

/** The city's plans, and the progress of their items. */
@ApiTags('drafting')
@ApiBearerAuth()
@Controller('api/v1')
export class CityPlanApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly open: OpenCityPlan,
    private readonly merge: MergeEntries,
    private readonly change: ChangeCityPlan,
    private readonly steps: CityPlanSteps,
  ) {}

  @Can('drafting.read_plan')
  @Get('city-plans')
  async list(@CurrentActor() actor: Actor): Promise<{ items: CityPlanSummary[] }> {
    return { items: await this.unitOfWork.run(actor, (tx) => listCityPlans(tx)) };
  }

  @Can('drafting.city_plan')
  @Post('city-plans')
  begin(@CurrentActor() actor: Actor, @Body() dto: OpenCityPlanDto): Promise<{ id: string }> {
    return this.open.run(actor, dto.year);
  }

  @Can('drafting.read_plan')
  @Get('city-plans/:id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<CityPlanDetail> {
    return this.unitOfWork.run(actor, (tx) => readCityPlan(tx, id));
  }

  @Can('drafting.city_plan')
  @Post('city-plans/:id/merge')
  join(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: MergeEntriesDto): Promise<{ id: string }> {
    return this.merge.run(actor, id, dto);
  }

  @Can('drafting.city_plan')
  @HttpCode(204)
  @Post('city-plans/:id/entries/:entryId')
  arrange(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('entryId') entryId: string, @Body() dto: ArrangeEntryDto): Promise<void> {
    return this.steps.arrange(actor, id, entryId, dto);
  }

  @Can('drafting.city_plan')
  @HttpCode(204)
  @Post('city-plans/:id/decision')
  decide(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: DecideCityPlanDto): Promise<void> {
    return this.steps.decide(actor, id, dto);
  }

  @Can('drafting.change_plan')
  @Post('city-plans/:id/entries/:entryId/cancellation')
  cancel(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('entryId') entryId: string, @Body() dto: CancelEntryDto): Promise<{ id: string }> {
    return this.change.cancel(actor, id, entryId, dto.cancelReason);
  }

  @Can('drafting.city_plan')
  @HttpCode(204)
  @Post('city-plans/:id/changes/:changeId/decision')
  settle(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('changeId') changeId: string, @Body() dto: DecideChangeDto): Promise<void> {
    return this.change.decide(actor, id, changeId, { decision: dto.decision, note: dto.changeNote });
  }

  @Can('drafting.decide_plan')
  @Post('plan-items/:id/supplement')
  supplement(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: SupplementDto): Promise<{ id: string }> {
    return this.change.supplement(actor, id, { reason: dto.supplementReason, urgent: dto.urgent, dueMonth: dto.dueMonth || undefined });
  }

  /** Where the items of the plan stand, those due first at the top; of one's own department, of the city for its overseer. */
  @Can('drafting.read_plan')
  @Get('plan-progress')
  progress(@CurrentActor() actor: Actor, @Query() { department, ...filter }: ProgressDto): Promise<{ items: PlanProgress[]; next: string | null }> {
    return this.unitOfWork.run(actor, (tx) => planProgress(tx, { ...filter, departmentId: department }));
  }
}
