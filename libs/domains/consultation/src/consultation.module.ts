import { AnomalyRegistry, DependentsRegistry, DueRegistry, EvaluationSources, LifeCycle, MeasureRegistry, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { MalwareScanner } from '@platform/malware';
import { HandlerRegistry } from '@platform/messaging';
import { FileStore } from '@platform/storage';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { consultationAnomalies } from './anomalies/consultations';
import { consultationsOnRevisions } from './dependents/on-revisions';
import { appealsDue } from './due/appeals';
import { opinionEvidence } from './evaluation/opinion-evidence';
import { consultationsDue } from './due/consultations';
import { eventsDue } from './due/events';
import { GRANTS } from './consultation.access';
import { adoptedLinkedGate } from './gates/adopted-linked.gate';
import { closedGate } from './gates/closed.gate';
import { coverageGate } from './gates/coverage.gate';
import { consultationCoverage } from './measures/coverage';
import { appealsInTime, materialsInTime } from './measures/limits';
import { endWithPolicy } from './gates/end-with-policy.effect';
import { hearingsFinishedGate } from './gates/hearings-finished.gate';
import { scanAttachment } from './handlers/scan-attachment.handler';
import { computeWanted } from './handlers/compute-clusters.handler';
import { tellDeciders, tellDecision } from './handlers/tell-appeal.handler';
import { tellAuthors } from './handlers/tell-authors.handler';
import { tellOfficer } from './handlers/tell-officer.handler';
import { tellResponsible } from './handlers/tell-responsible.handler';
import { ConsultationEventRow, EventParticipantRow } from './persistence/consultation-event.entity';
import { ConsultationRow } from './persistence/consultation.entity';
import { ConsultationRootRow } from './persistence/consultation-root.entity';
import { OpinionAttachmentRow } from './persistence/opinion-attachment.entity';
import { OpinionAnswerRow, OpinionRow } from './persistence/opinion.entity';
import { OpinionBatchRow } from './persistence/opinion-batch.entity';
import { OpinionSourceRow } from './persistence/opinion-source.entity';
import { PublishedTrees } from './queries/published-trees';
import { AdmitPost } from './use-cases/admit-post';
import { AnswerCluster } from './use-cases/answer-cluster';
import { AnswerOpinion } from './use-cases/answer-opinion';
import { AnswerQuestionnaire } from './use-cases/answer-questionnaire';
import { ApproveAnswers } from './use-cases/approve-answers';
import { ApproveClusterAnswers } from './use-cases/approve-cluster-answers';
import { AskForClusters } from './use-cases/ask-for-clusters';
import { CloseConsultation } from './use-cases/close-consultation';
import { CloseDueConsultations } from './use-cases/close-due-consultations';
import { ComputeClusters } from './use-cases/compute-clusters';
import { ExportOpinions } from './use-cases/export-opinions';
import { ExtendConsultation } from './use-cases/extend-consultation';
import { ManageQuestionnaire } from './use-cases/manage-questionnaire';
import { ForgetIntake } from './use-cases/forget-intake';
import { ModerateOpinion } from './use-cases/moderate-opinion';
import { OpenConsultation } from './use-cases/open-consultation';
import { PostOpinion } from './use-cases/post-opinion';
import { PublishMissingRoots } from './use-cases/publish-missing-roots';
import { PublishResult } from './use-cases/publish-result';
import { ReadAttachment } from './use-cases/read-attachment';
import { ReceiveFiles } from './use-cases/receive-files';
import { ReleaseAttachment } from './use-cases/release-attachment';
import { SaveDraft } from './use-cases/save-draft';
import { CheckBatch } from './use-cases/check-batch';
import { RegisterBatch } from './use-cases/register-batch';
import { RegisterOpinion } from './use-cases/register-opinion';
import { AnnounceEvent } from './use-cases/announce-event';
import { ChangeEvent } from './use-cases/change-event';
import { FinishEvent } from './use-cases/finish-event';
import { HoldEvent } from './use-cases/hold-event';
import { InviteParticipant } from './use-cases/invite-participant';
import { RecordDelivery } from './use-cases/record-delivery';
import { RecordStatement } from './use-cases/record-statement';
import { SelectParticipants } from './use-cases/select-participants';
import { SignUp } from './use-cases/sign-up';
import { WithdrawOpinion } from './use-cases/withdraw-opinion';
import { WorkOnSelection } from './use-cases/work-on-selection';
import { MarkRead } from './use-cases/mark-read';
import { FileAppeal } from './use-cases/file-appeal';
import { DecideAppeal } from './use-cases/decide-appeal';
import { AssignOpinions } from './use-cases/assign-opinions';

const USE_CASES = [
  AnswerCluster, AnswerOpinion, AnswerQuestionnaire, ApproveAnswers, ApproveClusterAnswers, CloseConsultation, CloseDueConsultations, ComputeClusters, ExportOpinions, ExtendConsultation, ManageQuestionnaire, ModerateOpinion,
  OpenConsultation, PostOpinion, PublishMissingRoots, PublishResult, PublishedTrees, RegisterOpinion, CheckBatch, RegisterBatch, WithdrawOpinion, ReadAttachment, ReceiveFiles, ReleaseAttachment,
  AnnounceEvent, ChangeEvent, FinishEvent, HoldEvent, InviteParticipant, RecordDelivery, RecordStatement, SelectParticipants, SignUp,
  AdmitPost, ForgetIntake, SaveDraft,
  AskForClusters, AssignOpinions, DecideAppeal, FileAppeal, MarkRead, WorkOnSelection,
];

@Module({
  imports: [PolicyModule, TypeOrmModule.forFeature([ConsultationRow, OpinionRow, OpinionAnswerRow, OpinionAttachmentRow, ConsultationRootRow, OpinionSourceRow, OpinionBatchRow, ConsultationEventRow, EventParticipantRow])],
  providers: USE_CASES,
  exports: USE_CASES,
})
export class ConsultationModule implements OnModuleInit {
  constructor(
    private readonly anomalies: AnomalyRegistry,
    private readonly dependents: DependentsRegistry,
    private readonly due: DueRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly measures: MeasureRegistry,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
    private readonly files: FileStore,
    private readonly scanner: MalwareScanner,
    private readonly computeClusters: ComputeClusters,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    for (const source of [consultationCoverage, materialsInTime, appealsInTime]) this.measures.register(source);
    this.anomalies.register(consultationAnomalies);
    this.dependents.register(consultationsOnRevisions);
    for (const source of [consultationsDue, eventsDue, appealsDue]) this.due.register(source);
    for (const gate of [coverageGate, adoptedLinkedGate, closedGate, hearingsFinishedGate]) this.lifeCycle.registerGate(gate);
    this.evaluations.registerEvidence(opinionEvidence);
    this.lifeCycle.registerEffect(endWithPolicy(this.lifeCycle));
    const handlers = [tellResponsible, tellAuthors, tellDeciders, tellDecision, tellOfficer, computeWanted(this.computeClusters), scanAttachment(this.files, this.scanner)];
    for (const handler of handlers) this.handlers.register(handler);
  }
}
