import { EVALUATOR_ARTICLE, listAssessments, readOwnSheet, SaveSheet } from '@domains/evaluation';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, type Clock, DomainError } from '@platform/kernel';
import { CLOCK, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { CityCode, CurrentActor, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { SheetDto } from './appraisal.dto';
import { sheetInput } from './inputs';

/** What a person was asked to judge: people of departments, enterprises, residents and experts alike. */
@Controller(':city/assessments')
export class AssessmentsPortal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly saveSheet: SaveSheet,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Can('evaluation.assess')
  @Get()
  async list(@CityCode() cityId: string, @CurrentActor() actor: Actor): Promise<Page> {
    requireOwnCity(actor, cityId);
    const items = await this.unitOfWork.run(actor, listAssessments);
    const today = chinaDate(this.clock.now());
    return page('appraisal/assessments', {
      title: 'appraisal:assess.title',
      items: items.map((item) => ({ ...item, href: `/${cityId}/assessments/${item.campaignId}/${item.policyId}`, open: item.state === 'scoring' && item.closesOn >= today && item.sheetState !== 'submitted' })),
    });
  }

  @Can('evaluation.assess')
  @Get(':campaignId/:policyId')
  async show(@CityCode() cityId: string, @Param('campaignId') campaignId: string, @Param('policyId') policyId: string, @CurrentActor() actor: Actor): Promise<Page> {
    requireOwnCity(actor, cityId);
    const sheet = await this.unitOfWork.run(actor, (tx) => readOwnSheet(tx, campaignId, policyId));
    const editable = sheet.state === 'scoring' && sheet.sheetState !== 'submitted' && sheet.closesOn >= chinaDate(this.clock.now());
    return page('appraisal/sheet', {
      title: 'appraisal:sheet.title', sheet, editable, home: `/${cityId}/assessments/${campaignId}/${policyId}`, back: `/${cityId}/assessments`, policyHref: `/${cityId}/policies/${policyId}`, article: EVALUATOR_ARTICLE,
      rows: sheet.indicators.map((indicator) => ({ ...indicator, score: sheet.marks[indicator.key]?.score ?? null, note: sheet.marks[indicator.key]?.note ?? '' })),
    });
  }

  @Can('evaluation.assess')
  @FormPage('/:city/assessments/:campaignId/:policyId')
  @Post(':campaignId/:policyId')
  async save(
    @CityCode() cityId: string, @Param('campaignId') campaignId: string, @Param('policyId') policyId: string, @CurrentActor() actor: Actor, @Body() dto: SheetDto,
  ): Promise<SeeOther> {
    requireOwnCity(actor, cityId);
    await this.saveSheet.run(actor, campaignId, policyId, sheetInput(dto));
    return dto.action === 'submit' ? seeOther(`/${cityId}/assessments`, 'appraisal:flash.handedIn') : seeOther(`/${cityId}/assessments/${campaignId}/${policyId}`, 'appraisal:flash.saved');
  }
}

/** The way to that page from the console, whose rail knows no city. */
@Controller('console/assessments')
export class AssessmentsConsole {
  @Can('evaluation.assess')
  @Get()
  toOwn(@CurrentActor() actor: Actor): SeeOther {
    return seeOther(`/${actor.cityId}/assessments`);
  }
}

function requireOwnCity(actor: Actor, cityId: string): void {
  if (actor.cityId !== cityId) throw DomainError.notFound();
}
