export type { CityCode, DepartmentKey } from './keys';
export { CITIES, type CityContent, type DepartmentContent, type ResidentContent, STAFF_ROLES, type StaffContent, type StaffRole } from './cities';
export { type CleanupContent, CLEANUPS } from './cleanups';
export { type CampaignContent, CAMPAIGNS, type MarksContent } from './campaigns';
export { ENTERPRISE_REGISTER } from './enterprise-register';
export type { EnterpriseContent, EnterpriseFacts } from './enterprises';
export type { ExpertContent } from './experts';
export { type CirculationContent, finishedCirculation, openCirculation } from './circulations';
export { changes, type ClauseRevision } from './changes';
export { firstText, industryPolicy, secondText } from './industry-policy';
export type { PictureContent } from './pictures';
export { opinions } from './opinions';
export type { OpinionAuthor, OpinionContent } from './opinion-type';
export { otherPolicies } from './other-policies';
export type { EvaluationContent, OtherPolicyContent } from './other-policy-type';
export { questionnaire, type ResponseContent } from './questionnaire';
export { type ConditionContent, funding } from './funding';
export type { ApplicationContent, ReviewContent } from './funding-applications';
export { survey, surveyAnswer } from './survey';
export { OTHER_MATTERS, type PlannedMatter } from './planned-matters';
export {
  customersSymposium, type LetterContent, letters, type OccasionContent, type ParticipantContent, pledgesHearing, pledgesOpinions, routesHearing, tradersSymposium,
} from './occasions';
