import {
  AdaptIndicators, type Assessment, Assessors, listAssessments, OpenCampaign, type OwnSheet, PublishReport, readOwnSheet, ReturnReport, RunCampaign, SaveCampaignReport, SaveSheet,
} from '@domains/evaluation';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../http';
import { AssessorBody, CampaignReportBody, CancellationBody, IndicatorsBody, OpenCampaignBody, ReturnBody, ScoringBody, SheetBody, SignatureBody } from './campaigns.api.dto';

/** A campaign from its opening to its close, as its pages do it. */
@ApiTags('evaluation')
@ApiBearerAuth()
@Controller('api/v1/evaluation-campaigns')
export class CampaignWorkApi {
  constructor(
    private readonly openCampaign: OpenCampaign,
    private readonly adaptIndicators: AdaptIndicators,
    private readonly assessors: Assessors,
    private readonly runCampaign: RunCampaign,
  ) {}

  /** Opens a campaign on published policies of one kind; 409 where one of them is in an evaluation already. */
  @Can('evaluation.write')
  @Post()
  async open(@CurrentActor() actor: Actor, @Body() dto: OpenCampaignBody): Promise<{ id: string }> {
    return { id: await this.openCampaign.run(actor, dto) };
  }

  @Can('evaluation.write')
  @HttpCode(204)
  @Put(':id/indicators')
  adapt(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: IndicatorsBody): Promise<void> {
    return this.adaptIndicators.run(actor, id, dto);
  }

  /** Asks a person to judge for a side. */
  @Can('evaluation.write')
  @Post(':id/assessors')
  async assign(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: AssessorBody): Promise<{ id: string }> {
    return { id: await this.assessors.assign(actor, id, dto.side, dto.accountId) };
  }

  /** Takes a person off who has handed nothing in. */
  @Can('evaluation.write')
  @HttpCode(204)
  @Post(':id/assessors/:assessorId/removal')
  remove(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('assessorId') assessorId: string): Promise<void> {
    return this.assessors.remove(actor, id, assessorId);
  }

  /** Begins the scoring, until the end of a day. */
  @Can('evaluation.write')
  @HttpCode(204)
  @Post(':id/scoring')
  start(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: ScoringBody): Promise<void> {
    return this.runCampaign.start(actor, id, dto.closesOn);
  }

  /** Ends the scoring and begins a report for each policy. */
  @Can('evaluation.write')
  @HttpCode(204)
  @Post(':id/close')
  close(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.runCampaign.close(actor, id);
  }

  @Can('evaluation.write')
  @HttpCode(204)
  @Post(':id/cancellation')
  cancel(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: CancellationBody): Promise<void> {
    return this.runCampaign.cancel(actor, id, dto.cancelReason);
  }
}

/** What the person who acts was asked to judge, and his marks. */
@ApiTags('evaluation')
@ApiBearerAuth()
@Controller('api/v1/assessments')
export class AssessmentsApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly saveSheet: SaveSheet,
  ) {}

  @Can('evaluation.assess')
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<{ items: Assessment[] }> {
    return { items: await this.unitOfWork.run(actor, listAssessments) };
  }

  @Can('evaluation.assess')
  @Get(':campaignId/:policyId')
  show(@CurrentActor() actor: Actor, @Param('campaignId') campaignId: string, @Param('policyId') policyId: string): Promise<OwnSheet> {
    return this.unitOfWork.run(actor, (tx) => readOwnSheet(tx, campaignId, policyId));
  }

  /** Saves the marks; with `submit` they are handed in and stand. */
  @Can('evaluation.assess')
  @HttpCode(204)
  @Put(':campaignId/:policyId')
  save(@CurrentActor() actor: Actor, @Param('campaignId') campaignId: string, @Param('policyId') policyId: string, @Body() { marks, ...dto }: SheetBody): Promise<void> {
    return this.saveSheet.run(actor, campaignId, policyId, {
      rowVersion: dto.rowVersion, submit: dto.submit, basis: dto.basis, surveyTitle: dto.surveyTitle ?? '', surveyAsked: dto.surveyAsked ?? null, surveyAnswered: dto.surveyAnswered ?? null, remark: dto.remark ?? '',
      marks: Object.fromEntries(marks.map(({ key, score, note }) => [key, { score, note }])),
    });
  }
}

/** The report of a campaign on one policy: written by its leader, decided by the head. */
@ApiTags('evaluation')
@ApiBearerAuth()
@Controller('api/v1/evaluation-reports/:reportId')
export class CampaignReportWorkApi {
  constructor(
    private readonly saveReport: SaveCampaignReport,
    private readonly publishReport: PublishReport,
    private readonly returnReport: ReturnReport,
  ) {}

  @Can('evaluation.write')
  @HttpCode(204)
  @Put()
  save(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Body() dto: CampaignReportBody): Promise<void> {
    return this.saveReport.run(actor, id, dto);
  }

  /** Signs the edition that was read, and publishes it; 409 if a newer one was handed in meanwhile. */
  @Can('evaluation.publish')
  @HttpCode(204)
  @Post('publication')
  publish(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Body() { edition }: SignatureBody): Promise<void> {
    return this.publishReport.run(actor, id, edition);
  }

  @Can('evaluation.publish')
  @HttpCode(204)
  @Post('return')
  sendBack(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Body() { edition, returnReason }: ReturnBody): Promise<void> {
    return this.returnReport.run(actor, id, returnReason, edition);
  }
}
