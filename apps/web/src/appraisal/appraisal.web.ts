import { PolicyModule } from '@core/policy';
import { EvaluationModule } from '@domains/evaluation';
import { Module } from '@nestjs/common';
import { AssessmentsConsole, AssessmentsPortal } from './assessments.portal';
import { AssessmentsApi, CampaignReportWorkApi, CampaignWorkApi } from './campaign-work.api';
import { CampaignReportsConsole } from './campaign-reports.console';
import { CampaignReportsApi, CampaignsApi } from './campaigns.api';
import { CampaignsConsole } from './campaigns.console';
import { EvaluationExports } from './evaluation-exports';
import { ReportFilesPortal } from './report-files.portal';
import { SurveyQuestionnaireConsole } from './survey-questionnaire.console';
import { SurveysConsole } from './surveys.console';
import { OwnSurveysPortal, SurveyPortal } from './surveys.portal';

@Module({
  imports: [PolicyModule, EvaluationModule],
  controllers: [CampaignsConsole, CampaignReportsConsole, AssessmentsPortal, AssessmentsConsole, ReportFilesPortal, CampaignsApi, CampaignReportsApi, CampaignWorkApi, AssessmentsApi, CampaignReportWorkApi,
    SurveysConsole, SurveyQuestionnaireConsole, SurveyPortal, OwnSurveysPortal],
  providers: [EvaluationExports],
})
export class AppraisalWeb {}
