import { EvaluationSources } from '@core/policy';
import {
  campaignDesk, type CampaignDesk, type CampaignItem, campaignProposals, type CampaignProposal, listCampaigns, type PublicCampaignReport, readPublicCampaignReport, type StaffCampaignReport, staffCampaignReport,
  surveyDesk, type SurveyResults,
} from '@domains/evaluation';
import { Can, Public } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor } from '../http';
import { CampaignListDto } from './appraisal.dto';

interface SurveyAnswer {
  title: string;
  state: 'design' | 'field' | 'closed';
  closesOn: string | null;
  frameSize: number | null;
  sampleSize: number | null;
  answered: number;
  results: SurveyResults | null;
}

/** Campaigns, proposals and reports of one's own department, or of the city for its overseer, to read. */
@ApiTags('evaluation')
@ApiBearerAuth()
@Controller('api/v1')
export class CampaignsApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: EvaluationSources,
  ) {}

  @Can('evaluation.read')
  @Get('evaluation-campaigns')
  list(@CurrentActor() actor: Actor, @Query() filter: CampaignListDto): Promise<{ items: CampaignItem[]; next: string | null }> {
    return this.unitOfWork.run(actor, (tx) => listCampaigns(tx, filter.after));
  }

  /** Evaluations that are due, each with what it follows from. */
  @Can('evaluation.read')
  @Get('evaluation-proposals')
  proposals(@CurrentActor() actor: Actor): Promise<CampaignProposal[]> {
    return this.unitOfWork.run(actor, (tx) => campaignProposals(tx, this.sources));
  }

  @Can('evaluation.read')
  @Get('evaluation-campaigns/:id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<CampaignDesk> {
    return this.unitOfWork.run(actor, (tx) => campaignDesk(tx, id));
  }

  /** How far the survey of its enterprises is; the results once it is closed, without what is kept back. 404 where there is none. */
  @Can('evaluation.read')
  @Get('evaluation-campaigns/:id/survey')
  survey(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SurveyAnswer> {
    return this.unitOfWork.run(actor, async (tx) => {
      const { survey, strata, questionnaire } = await surveyDesk(tx, id);
      if (!survey) throw DomainError.notFound();
      const { state, closesOn, frameSize, sampleSize, results } = survey;
      return { title: questionnaire?.title ?? '', state, closesOn, frameSize, sampleSize, answered: strata.reduce((sum, { answered }) => sum + answered, 0), results };
    });
  }

  /** A report with its scores, evidence, editions and what became of its conclusion. */
  @Can('evaluation.read')
  @Get('evaluation-reports/:reportId')
  report(@CurrentActor() actor: Actor, @Param('reportId') id: string): Promise<StaffCampaignReport> {
    return this.unitOfWork.run(actor, (tx) => staffCampaignReport(tx, id));
  }
}

@ApiTags('evaluation')
@Controller('api/v1/cities/:city/evaluations/:id')
export class CampaignReportsApi {
  constructor(private readonly reader: PublicReader) {}

  /** Scores, evidence and consequence of a published report; 404 for one that was written without a campaign. */
  @Public()
  @Get('campaign')
  async show(@CityCode() cityId: string, @Param('id') id: string): Promise<PublicCampaignReport> {
    const report = await readPublicCampaignReport(this.reader, cityId, id);
    if (!report) throw DomainError.notFound();
    return report;
  }
}
