export { type Conclusion, CONCLUSIONS, EVALUATOR_ARTICLE, type Rating, type Side, SIDES } from './domain/report';
export { type CampaignOpening, MAX_SCOPE, type Trigger, TRIGGERS } from './domain/campaign';
export { INDICATOR_LIBRARY, libraryName } from './domain/indicator-library';
export { type Indicator, MAX_INDICATORS, SCALES } from './domain/indicators';
export { type CampaignReportContent, type ClauseProposal, type Section, SECTIONS } from './domain/report-content';
export { type Scores, scoresOf, type SideScore } from './domain/scores';
export { BASES, type Basis } from './domain/sheet';
export { CAMPAIGN_SIDES, type CampaignSide, type SideWeights } from './domain/sides';
export { EvaluationModule } from './evaluation.module';
export { EVALUATION_PUBLISHED, type EvaluationPublished } from './evaluation.events';
export { type Assessment, listAssessments, type OwnSheet, readOwnSheet } from './queries/assessments';
export { type AssessorChoice, assessorChoices, campaignDesk, type CampaignDesk, type CampaignItem, listCampaigns, policyChoices } from './queries/campaign-desk';
export { campaignProposals, type CampaignProposal, MANY_VOICES } from './queries/campaign-proposals';
export {
  type ClauseName, type FollowUp, followUpsOf, type PublicCampaignReport, readPublicCampaignReport, type StaffCampaignReport, staffCampaignReport, type TrendPoint,
} from './queries/campaign-report';
export { type DeskReport, type DeskReportItem, type EvaluationDesk, evaluationDesk, listReports } from './queries/evaluation-desk';
export { listPublicReports, type PublicReport, type PublicReportItem, publicReportsOf, readPublicReport } from './queries/public-reports';
export { AdaptIndicators, type AdaptIndicatorsInput } from './use-cases/adapt-indicators';
export { Assessors } from './use-cases/assessors';
export { OpenCampaign } from './use-cases/open-campaign';
export { OpenReport, type OpenReportInput } from './use-cases/open-report';
export { PublishReport } from './use-cases/publish-report';
export { ReturnReport } from './use-cases/return-report';
export { RunCampaign } from './use-cases/run-campaign';
export { SaveCampaignReport, type SaveCampaignReportInput } from './use-cases/save-campaign-report';
export { SaveReport, type SaveReportInput } from './use-cases/save-report';
export { SaveSheet, type SaveSheetInput } from './use-cases/save-sheet';
