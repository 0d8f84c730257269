import { DependentsRegistry, DueRegistry, EvaluationSources, MeasureRegistry, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { HandlerRegistry } from '@platform/messaging';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { openCampaigns } from './dependents/open-campaigns';
import { campaignsDue } from './due/campaigns';
import { conclusionsDue } from './due/conclusions';
import { reportsDue } from './due/reports';
import { GRANTS } from './evaluation.access';
import { courseEvidence } from './evidence/course';
import { followConclusions } from './handlers/follow-conclusions';
import { leaveCampaign } from './handlers/leave-campaign';
import { notifyAssessors } from './handlers/notify-assessors';
import { notifyInvited } from './handlers/notify-invited';
import { conclusionsActedOn } from './measures/conclusions';
import { documentsCurrent } from './measures/current';
import { evaluationsDone } from './measures/evaluations';
import { AssessorRow, CampaignRow, SheetRow } from './persistence/campaign.entity';
import { RatingRow, ReportRow } from './persistence/report.entity';
import { SurveyRow } from './persistence/survey.entity';
import { AdaptIndicators } from './use-cases/adapt-indicators';
import { AnswerSurvey } from './use-cases/answer-survey';
import { Assessors } from './use-cases/assessors';
import { DesignSurvey } from './use-cases/design-survey';
import { InviteToSurvey } from './use-cases/invite-to-survey';
import { OpenCampaign } from './use-cases/open-campaign';
import { OpenReport } from './use-cases/open-report';
import { PublishReport } from './use-cases/publish-report';
import { ReturnReport } from './use-cases/return-report';
import { RunCampaign } from './use-cases/run-campaign';
import { RunSurvey } from './use-cases/run-survey';
import { SaveCampaignReport } from './use-cases/save-campaign-report';
import { SaveReport } from './use-cases/save-report';
import { SaveSheet } from './use-cases/save-sheet';

const USE_CASES = [OpenReport, SaveReport, ReturnReport, PublishReport, OpenCampaign, AdaptIndicators, Assessors, RunCampaign, SaveSheet, SaveCampaignReport, DesignSurvey, RunSurvey, InviteToSurvey, AnswerSurvey];

@Module({ imports: [PolicyModule, TypeOrmModule.forFeature([ReportRow, RatingRow, CampaignRow, AssessorRow, SheetRow, SurveyRow])], providers: USE_CASES, exports: USE_CASES })
export class EvaluationModule implements OnModuleInit {
  constructor(
    private readonly dependents: DependentsRegistry,
    private readonly due: DueRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly measures: MeasureRegistry,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    for (const source of [evaluationsDone, conclusionsActedOn, documentsCurrent]) this.measures.register(source);
    for (const source of [reportsDue, campaignsDue, conclusionsDue]) this.due.register(source);
    this.evaluations.registerEvidence(courseEvidence);
    this.handlers.register(followConclusions(this.evaluations));
    for (const handler of [notifyAssessors, notifyInvited, leaveCampaign]) this.handlers.register(handler);
    this.dependents.register(openCampaigns);
  }
}
