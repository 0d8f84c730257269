import { DependentsRegistry, DueRegistry, EvaluationSources, LifeCycle, MeasureRegistry, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { HandlerRegistry } from '@platform/messaging';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { revisionsUnderWay } from './dependents/revisions';
import { circulationOwed, repliesDue } from './due/circulation';
import { nextInReview } from './due/next-in-review';
import { planItemsDue } from './due/plan-items';
import { waitingDockets } from './due/waiting-dockets';
import { GRANTS } from './drafting.access';
import { approvedText } from './gates/approved-text';
import { circulated } from './gates/circulated';
import { deliberated } from './gates/deliberated';
import { planApproved } from './gates/plan-approved';
import { reviewsPassed } from './gates/reviews-passed';
import { versionSubmitted } from './gates/version-submitted';
import { materialsComplete } from './gates/materials-complete';
import { closeReplied, notifyOfCirculation, notifyOfCoordination, notifyOfReply } from './handlers/circulation';
import { notifyOfAssignment, notifyOfDocket, notifyOfExpert, notifyOfProposal, notifyOfSignature } from './handlers/notify-people';
import { draftingParts } from './evaluation/drafting-parts';
import { revisionOutcomes } from './evaluation/revision-outcomes';
import { notifyOfCityPlan, notifyOfPlanChange } from './handlers/notify-of-plan';
import { planCleanup, planRevision } from './handlers/plan-revision';
import { withdrawRevision } from './handlers/withdraw-revision';
import { ApprovalRow } from './persistence/approval.entity';
import { CityPlanChangeRow, CityPlanEntryRow, CityPlanRow } from './persistence/city-plan.entity';
import { CirculationRow, CoordinationRow, HandlingRow, ReplyOpinionRow, ReplyRow } from './persistence/circulation.entity';
import { DocketRow } from './persistence/docket.entity';
import { AttachmentRow } from './persistence/attachment.entity';
import { ExpertSeatRow } from './persistence/expert-seat.entity';
import { PlanItemRow } from './persistence/plan-item.entity';
import { repliesInTime, reviewsInTime } from './measures/limits';
import { AddAttachment } from './use-cases/add-attachment';
import { ApprovePolicy } from './use-cases/approve-policy';
import { ArrangeEntry } from './use-cases/arrange-entry';
import { AssignReviewer } from './use-cases/assign-reviewer';
import { ChangeCityPlan } from './use-cases/change-city-plan';
import { CloseCirculation } from './use-cases/close-circulation';
import { Coordinate } from './use-cases/coordinate';
import { CreatePolicy } from './use-cases/create-policy';
import { DecideCityPlan } from './use-cases/decide-city-plan';
import { DecidePlanItem } from './use-cases/decide-plan-item';
import { ExpertPanel } from './use-cases/expert-panel';
import { HandleOpinion } from './use-cases/handle-opinion';
import { ImportDraft } from './use-cases/import-draft';
import { InviteDepartment } from './use-cases/invite-department';
import { MergeEntries } from './use-cases/merge-entries';
import { MoveEntry } from './use-cases/move-entry';
import { NoteFacts } from './use-cases/note-facts';
import { OpenCityPlan } from './use-cases/open-city-plan';
import { OpenCirculation } from './use-cases/open-circulation';
import { ProposePlanItem } from './use-cases/propose-plan-item';
import { ResolveConflict } from './use-cases/resolve-conflict';
import { RevisePolicy } from './use-cases/revise-policy';
import { SaveDraft } from './use-cases/save-draft';
import { SaveReply } from './use-cases/save-reply';
import { SignDocket } from './use-cases/sign-docket';
import { SignReply } from './use-cases/sign-reply';
import { StartDrafting } from './use-cases/start-drafting';
import { SubmitForDeliberation } from './use-cases/submit-for-deliberation';
import { SubmitForReview } from './use-cases/submit-for-review';
import { SubmitVersion } from './use-cases/submit-version';
import { WithdrawPolicy } from './use-cases/withdraw-policy';

const USE_CASES = [
  AddAttachment, ApprovePolicy, ArrangeEntry, AssignReviewer, ChangeCityPlan, CreatePolicy, DecideCityPlan, DecidePlanItem, ExpertPanel, ImportDraft, InviteDepartment,
  MergeEntries, MoveEntry, NoteFacts, OpenCityPlan, ProposePlanItem, ResolveConflict, RevisePolicy, SaveDraft, SignDocket, StartDrafting,
  SubmitForDeliberation, SubmitForReview, SubmitVersion, WithdrawPolicy,
  OpenCirculation, SaveReply, SignReply, CloseCirculation, HandleOpinion, Coordinate,
];

@Module({
  imports: [
    PolicyModule,
    TypeOrmModule.forFeature([
      PlanItemRow, CityPlanRow, CityPlanEntryRow, CityPlanChangeRow, DocketRow, ApprovalRow, ExpertSeatRow, AttachmentRow, CirculationRow, ReplyRow, ReplyOpinionRow, HandlingRow, CoordinationRow,
    ]),
  ],
  providers: USE_CASES,
  exports: USE_CASES,
})
export class DraftingModule implements OnModuleInit {
  constructor(
    private readonly dependents: DependentsRegistry,
    private readonly due: DueRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly measures: MeasureRegistry,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    for (const source of [repliesInTime, reviewsInTime]) this.measures.register(source);
    this.dependents.register(revisionsUnderWay);
    for (const source of [waitingDockets, nextInReview, planItemsDue, repliesDue, circulationOwed]) this.due.register(source);
    this.evaluations.registerInvolvement(draftingParts);
    this.evaluations.registerOutcomes(revisionOutcomes);
    for (const gate of [planApproved, versionSubmitted, materialsComplete, circulated, reviewsPassed, deliberated, approvedText]) this.lifeCycle.registerGate(gate);
    for (const handler of [planRevision, planCleanup, notifyOfProposal, notifyOfDocket, notifyOfSignature, notifyOfAssignment, notifyOfExpert, notifyOfCityPlan, notifyOfPlanChange]) this.handlers.register(handler);
    for (const handler of [notifyOfCirculation, notifyOfReply, closeReplied(this.lifeCycle), notifyOfCoordination, withdrawRevision(this.lifeCycle)]) this.handlers.register(handler);
  }
}
