export { type Conclusion, CONCLUSIONS, EVALUATOR_ARTICLE, type Rating, type Side, SIDES } from './domain/report';
export { EvaluationModule } from './evaluation.module';
export { EVALUATION_PUBLISHED, type EvaluationPublished } from './evaluation.events';
export { type DeskReport, type DeskReportItem, type EvaluationDesk, evaluationDesk, listReports } from './queries/evaluation-desk';
export { listPublicReports, type PublicReport, type PublicReportItem, publicReportsOf, readPublicReport } from './queries/public-reports';
export { OpenReport, type OpenReportInput } from './use-cases/open-report';
export { PublishReport } from './use-cases/publish-report';
export { ReturnReport } from './use-cases/return-report';
export { SaveReport, type SaveReportInput } from './use-cases/save-report';
