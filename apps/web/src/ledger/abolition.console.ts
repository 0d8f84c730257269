import { DependentsRegistry, LifeCycle } from '@core/policy';
import {
  abolitionChoices, abolitionDesk, caseWork, DecideAbolition, OpenAbolition, PrepareAbolition, ReviewAbolition, SettleDependents,
} from '@domains/ledger';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, requireWithin, seeOther, type SeeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { casePage, preparationOf } from './abolition-page';
import { PrepareAbolitionDto, ReviewAbolitionDto, SettleDependentsDto } from './abolition.dto';
import { DecideAbolitionDto, OpenAbolitionDto } from './ledger.dto';

const HOME = '/console/policies/:id/abolition';

/** The abolition of one policy: opened, prepared, everything that hangs on it settled, reviewed, decided. */
@Controller('console/policies/:id/abolition')
export class AbolitionConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly dependents: DependentsRegistry,
    private readonly openAbolition: OpenAbolition,
    private readonly prepareAbolition: PrepareAbolition,
    private readonly settleDependents: SettleDependents,
    private readonly reviewAbolition: ReviewAbolition,
    private readonly decideAbolition: DecideAbolition,
  ) {}

  @Can('ledger.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const desk = await abolitionDesk(tx, id);
      const newest = desk.cases[0];
      const work = newest ? await caseWork(tx, this.dependents, id, newest) : null;
      const choices = newest?.mayPrepare && actor.tenantId ? await abolitionChoices(tx, { id, tenantId: actor.tenantId }) : null;
      return page('ledger/abolition', { title: header.title, header, home: `/console/policies/${id}/abolition`, ...casePage(actor.cityId, desk, work, choices) });
    });
  }

  @Can('ledger.open_abolition')
  @FormPage(HOME)
  @Post()
  async open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: OpenAbolitionDto): Promise<SeeOther> {
    await this.openAbolition.run(actor, id, dto.openReason);
    return seeOther(`/console/policies/${id}/abolition`, 'ledger:flash.opened');
  }

  @Can('ledger.open_abolition')
  @FormPage(HOME)
  @Post(':caseId/preparation')
  async prepare(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('caseId') caseId: string, @Body() dto: PrepareAbolitionDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'abolition', caseId, id);
    await this.prepareAbolition.run(actor, caseId, preparationOf(dto), dto.rowVersion);
    return seeOther(`/console/policies/${id}/abolition`, 'abolition:flash.prepared');
  }

  @Can('ledger.settle_dependent')
  @FormPage(HOME)
  @Post(':caseId/settlements')
  async settle(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('caseId') caseId: string, @Body() dto: SettleDependentsDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'abolition', caseId, id);
    await this.settleDependents.run(actor, caseId, { items: dto.items, way: dto.way, reason: dto.settleReason });
    return seeOther(`/console/policies/${id}/abolition`, 'abolition:flash.settled');
  }

  @Can('ledger.review_abolition')
  @FormPage(HOME)
  @Post(':caseId/review')
  async review(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('caseId') caseId: string, @Body() dto: ReviewAbolitionDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'abolition', caseId, id);
    await this.reviewAbolition.run(actor, caseId, { outcome: dto.outcome, opinion: dto.reviewOpinion }, dto.rowVersion);
    return seeOther(`/console/policies/${id}/abolition`, `abolition:flash.${dto.outcome}`);
  }

  @Can('ledger.decide_abolition')
  @FormPage(HOME)
  @Post(':caseId/decide')
  async decide(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('caseId') caseId: string, @Body() dto: DecideAbolitionDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'abolition', caseId, id);
    await this.decideAbolition.run(actor, caseId, { decision: dto.decision, reason: dto.reason, noticeText: dto.noticeText ?? '', effectOn: dto.effectOn || null });
    return seeOther(`/console/policies/${id}/abolition`, dto.decision === 'abolish' ? 'ledger:flash.abolished' : 'ledger:flash.kept');
  }
}
