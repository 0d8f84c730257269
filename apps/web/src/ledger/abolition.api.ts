import { DependentsRegistry } from '@core/policy';
import {
  type AbolitionCase, abolitionDesk, type AbolitionNotice, abolitionNotices, type CaseWork, caseWork, DecideAbolition, OpenAbolition, PrepareAbolition, readAbolitionNotice, ReviewAbolition,
  SettleDependents,
} from '@domains/ledger';
import { Can, Public } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor } from '../http';
import { preparationOf } from './abolition-page';
import { NoticeListDto, PrepareAbolitionDto, ReviewAbolitionDto, SettleDependentsDto } from './abolition.dto';
import { DecideAbolitionDto, OpenAbolitionDto } from './ledger.dto';

/** The notices by which policies of a city were abolished. */
@ApiTags('ledger')
@Controller('api/v1/cities/:city/notices')
export class NoticesApi {
  constructor(private readonly reader: PublicReader) {}

  /** Newest first, twenty at a time; `next` goes into `after`. */
  @Public()
  @Get()
  list(@CityCode() cityId: string, @Query() dto: NoticeListDto): Promise<{ items: AbolitionNotice[]; next: string | null }> {
    return abolitionNotices(this.reader, cityId, dto.after);
  }

  @Public()
  @Get(':id')
  show(@CityCode() cityId: string, @Param('id') id: string): Promise<AbolitionNotice> {
    return readAbolitionNotice(this.reader, cityId, id);
  }
}

/** The cases of abolition of one's own department, and what hangs on the policies. */
@ApiTags('ledger')
@ApiBearerAuth()
@Controller('api/v1')
export class AbolitionApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dependents: DependentsRegistry,
    private readonly openAbolition: OpenAbolition,
    private readonly prepareAbolition: PrepareAbolition,
    private readonly settleDependents: SettleDependents,
    private readonly reviewAbolition: ReviewAbolition,
    private readonly decideAbolition: DecideAbolition,
  ) {}

  /** `work` is of the newest case: what hangs on the policy now, what was settled, and what the case lacks. */
  @Can('ledger.read')
  @Get('policies/:id/abolitions')
  abolitions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ cases: AbolitionCase[]; mayOpen: boolean; work: CaseWork | null }> {
    return this.unitOfWork.run(actor, async (tx) => {
      const desk = await abolitionDesk(tx, id);
      return { ...desk, work: desk.cases[0] ? await caseWork(tx, this.dependents, id, desk.cases[0]) : null };
    });
  }

  @Can('ledger.open_abolition')
  @Post('policies/:id/abolitions')
  async open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: OpenAbolitionDto): Promise<{ id: string }> {
    return { id: await this.openAbolition.run(actor, id, dto.openReason) };
  }

  @Can('ledger.open_abolition')
  @HttpCode(204)
  @Put('abolitions/:caseId/preparation')
  prepare(@CurrentActor() actor: Actor, @Param('caseId') caseId: string, @Body() dto: PrepareAbolitionDto): Promise<void> {
    return this.prepareAbolition.run(actor, caseId, preparationOf(dto), dto.rowVersion);
  }

  @Can('ledger.settle_dependent')
  @HttpCode(204)
  @Post('abolitions/:caseId/settlements')
  settle(@CurrentActor() actor: Actor, @Param('caseId') caseId: string, @Body() dto: SettleDependentsDto): Promise<void> {
    return this.settleDependents.run(actor, caseId, { items: dto.items, way: dto.way, reason: dto.settleReason });
  }

  @Can('ledger.review_abolition')
  @HttpCode(204)
  @Post('abolitions/:caseId/review')
  review(@CurrentActor() actor: Actor, @Param('caseId') caseId: string, @Body() dto: ReviewAbolitionDto): Promise<void> {
    return this.reviewAbolition.run(actor, caseId, { outcome: dto.outcome, opinion: dto.reviewOpinion }, dto.rowVersion);
  }

  @Can('ledger.decide_abolition')
  @HttpCode(204)
  @Post('abolitions/:caseId/decision')
  decide(@CurrentActor() actor: Actor, @Param('caseId') caseId: string, @Body() dto: DecideAbolitionDto): Promise<void> {
    return this.decideAbolition.run(actor, caseId, { decision: dto.decision, reason: dto.reason, noticeText: dto.noticeText ?? '', effectOn: dto.effectOn || null });
  }
}
