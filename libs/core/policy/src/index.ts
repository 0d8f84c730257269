export { KIND_RULES, type KindRules, POLICY_KINDS, type PolicyKind } from './domain/kinds';
export { RULE_PACK_NAMES, rulePack } from './domain/packs';
export {
  ATTACHMENT_KINDS, type AttachmentKind, type AttachmentRule, attachmentsFor, type Docket, DOCKETS, docketsFor, type DocketRule, type Issuer, ISSUERS, NOTE_SECTIONS,
  type NoteSection, type ProcedureFacts, type RulePack,
} from './domain/procedure';
export { LIFE_CYCLE, POLICY_STATES, type PolicyRecord, type PolicyState, type PolicyTransition } from './domain/life-cycle';
export { lifeCycleLine, type LineEntry, type LineEvent, LINE_STEPS, type LineStep } from './domain/life-cycle-line';
export type { Gate, TransitionEffect } from './gates';
export { dayAfter, dayBefore, lastDayInForce, standingOn, type Validity, type ValidityFacts, validityOn } from './domain/validity';
export { type Blocker, DUE_STATES, type DueBasis, type DueItem, type DueState, dueState, mustAct } from './domain/due';
export { ANOMALY_LIMIT, type AnomalyCase, AnomalyRegistry, type AnomalyRule, type AnomalySource } from './anomaly-registry';
export { monthsBefore, NOTICE_MONTHS } from './domain/rungs';
export { type Dependent, DEPENDENT_SETTLED, type Dependents, type DependentSettled, type DependentSource, DependentsRegistry } from './dependents-registry';
export { DUE_LIMIT, DueRegistry, type DueScope, type DueSource } from './due-registry';
export { EvaluationSources, type EvidenceFigure, type EvidenceSource, type GatheredEvidence, type InvolvementSource, type OpenConclusion, type Outcome, type OutcomeSource, type Part } from './evaluation-sources';
export { LifeCycle } from './life-cycle.service';
export { type FrameUnit, PROFILE_FIELDS, type ProfileField, type SurveyFrame, SurveyFrames } from './survey-frames';
export { type Measure, type MeasureCase, MEASURES, timeliness } from './domain/measures';
export { type MeasureFrame, MeasureRegistry, type MeasureSource } from './measure-registry';
export { PolicyRow } from './persistence/policy.entity';
export { policies, versions } from './persistence/repositories';
export { ProvisionRow, VersionRow } from './persistence/version.entity';
export type { NamedClause, ValidityChangeKind } from './persistence/validity-change.entity';
export { PolicyModule } from './policy.module';
export { listPublicPolicies, type PublicEvent, type PublicPolicyFilter, type PublicPolicyItem, type PublicPolicyPage, type PublicProvision, readPublicPolicy } from './queries/public-policies';
export { publicText, type PublicTextRow, type PublicVersion, publicVersions } from './queries/public-versions';
export { isTrial, lastDayOfYears, type ValidityRule, type ValidityWarning, validityWarning } from './domain/validity-limit';
export { validityRule } from './queries/validity-rule';
export { nextNumber } from './use-cases/next-number';
export { changeValidity, type ValidityChange } from './use-cases/change-validity';
export { type PublicValidityChange, publicValidityChanges } from './queries/validity-changes';
export { PublishPolicy, type PublishPolicyInput, type Published } from './use-cases/publish-policy';
export { latestSubmittedVersion, makeVersionPublic, newestVersion, provisionsOf } from './queries/versions';
export { type DeadlineFilter, type DeskBlocker, type DeadlinePage, DESK_SCOPES, type DeskItem, type DeskScope, readDeadlines } from './queries/deadlines';
export { type CityDue, cityDue } from './queries/city-due';
export { type InFlight, inFlight, type Stage, STAGES } from './queries/in-flight';
export { SendReminders } from './use-cases/send-reminders';
export { type Explanation, ExplanationRegistry } from './explanation-registry';
