import { DueRegistry, EvaluationSources, LifeCycle, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { HandlerRegistry } from '@platform/messaging';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { opinionEvidence } from './evaluation/opinion-evidence';
import { consultationsDue } from './due/consultations';
import { GRANTS } from './consultation.access';
import { adoptedLinkedGate } from './gates/adopted-linked.gate';
import { closedGate } from './gates/closed.gate';
import { coverageGate } from './gates/coverage.gate';
import { endWithPolicy } from './gates/end-with-policy.effect';
import { tellAuthors } from './handlers/tell-authors.handler';
import { tellResponsible } from './handlers/tell-responsible.handler';
import { ConsultationRow } from './persistence/consultation.entity';
import { ConsultationRootRow } from './persistence/consultation-root.entity';
import { OpinionAnswerRow, OpinionRow } from './persistence/opinion.entity';
import { PublishedTrees } from './queries/published-trees';
import { AnswerCluster } from './use-cases/answer-cluster';
import { AnswerOpinion } from './use-cases/answer-opinion';
import { ApproveAnswers } from './use-cases/approve-answers';
import { ApproveClusterAnswers } from './use-cases/approve-cluster-answers';
import { CloseConsultation } from './use-cases/close-consultation';
import { CloseDueConsultations } from './use-cases/close-due-consultations';
import { ComputeClusters } from './use-cases/compute-clusters';
import { ExportOpinions } from './use-cases/export-opinions';
import { ExtendConsultation } from './use-cases/extend-consultation';
import { ModerateOpinion } from './use-cases/moderate-opinion';
import { OpenConsultation } from './use-cases/open-consultation';
import { PostOpinion } from './use-cases/post-opinion';
import { PublishMissingRoots } from './use-cases/publish-missing-roots';
import { PublishResult } from './use-cases/publish-result';
import { WithdrawOpinion } from './use-cases/withdraw-opinion';

const USE_CASES = [
  AnswerCluster, AnswerOpinion, ApproveAnswers, ApproveClusterAnswers, CloseConsultation, CloseDueConsultations, ComputeClusters, ExportOpinions, ExtendConsultation, ModerateOpinion,
  OpenConsultation, PostOpinion, PublishMissingRoots, PublishResult, PublishedTrees, WithdrawOpinion,
];

@Module({
  imports: [PolicyModule, TypeOrmModule.forFeature([ConsultationRow, OpinionRow, OpinionAnswerRow, ConsultationRootRow])],
  providers: USE_CASES,
  exports: USE_CASES,
})
export class ConsultationModule implements OnModuleInit {
  constructor(
    private readonly due: DueRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    this.due.register(consultationsDue);
    this.evaluations.registerEvidence(opinionEvidence);
    for (const gate of [coverageGate, adoptedLinkedGate, closedGate]) this.lifeCycle.registerGate(gate);
    this.lifeCycle.registerEffect(endWithPolicy(this.lifeCycle));
    for (const handler of [tellResponsible, tellAuthors]) this.handlers.register(handler);
  }
}
