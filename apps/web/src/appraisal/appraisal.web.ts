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

@Module({
  imports: [PolicyModule, EvaluationModule],
  controllers: [CampaignsConsole, CampaignReportsConsole, AssessmentsPortal, AssessmentsConsole, ReportFilesPortal, CampaignsApi, CampaignReportsApi, CampaignWorkApi, AssessmentsApi, CampaignReportWorkApi],
  providers: [EvaluationExports],
})
export class AppraisalWeb {}
