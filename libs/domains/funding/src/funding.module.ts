import { PermissionRegistry } from '@platform/identity';
import { HandlerRegistry } from '@platform/messaging';
import { AnomalyRegistry, DependentsRegistry, DueRegistry, EvaluationSources, LifeCycle, PolicyModule, SurveyFrames } from '@core/policy';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { applicantEnterprises, registeredEnterprises } from './evaluation/enterprise-frames';
import { fundEvidence } from './evaluation/fund-evidence';
import { fundAnomalies } from './anomalies/money';
import { callsUnderWay } from './dependents/calls';
import { callsDue } from './due/calls';
import { GRANTS } from './funding.access';
import { endIntake } from './handlers/end-intake';
import { tellApplicant, tellExpert, tellManagers, tellObjector } from './handlers/tell-people';
import { ApplicationRow } from './persistence/application.entity';
import { CallRow, ProgrammeRow } from './persistence/call.entity';
import { AwardRow, DecisionRow, ObjectionRow } from './persistence/decision.entity';
import { AssignmentRow, DrawRow } from './persistence/draw.entity';
import { AnswerReroute } from './use-cases/answer-reroute';
import { CheckApplication } from './use-cases/check-application';
import { CloseCall } from './use-cases/close-call';
import { CommitDraw } from './use-cases/commit-draw';
import { CreateCall } from './use-cases/create-call';
import { CreateProgramme } from './use-cases/create-programme';
import { DecideCall } from './use-cases/decide-call';
import { DeclareConflict } from './use-cases/declare-conflict';
import { DrawNextExpert } from './use-cases/draw-next-expert';
import { EndEmptyCall } from './use-cases/end-empty-call';
import { GrantAwards } from './use-cases/grant-awards';
import { OfferReroute } from './use-cases/offer-reroute';
import { OpenCall } from './use-cases/open-call';
import { PayAward } from './use-cases/pay-award';
import { PostNotice } from './use-cases/post-notice';
import { PostObjection } from './use-cases/post-objection';
import { ResolveObjection } from './use-cases/resolve-objection';
import { RevealDraw } from './use-cases/reveal-draw';
import { SaveApplication } from './use-cases/save-application';
import { SignReview } from './use-cases/sign-review';
import { StartReview } from './use-cases/start-review';
import { SubmitApplication } from './use-cases/submit-application';
import { WithdrawApplication } from './use-cases/withdraw-application';

const USE_CASES = [
  AnswerReroute, CheckApplication, CloseCall, CommitDraw, CreateCall, CreateProgramme, DecideCall, DeclareConflict, DrawNextExpert, EndEmptyCall,
  GrantAwards, OfferReroute, OpenCall, PayAward, PostNotice, PostObjection, ResolveObjection, RevealDraw, SaveApplication, SignReview, StartReview,
  SubmitApplication, WithdrawApplication,
];

@Module({
  imports: [PolicyModule, TypeOrmModule.forFeature([ProgrammeRow, CallRow, ApplicationRow, DrawRow, AssignmentRow, DecisionRow, ObjectionRow, AwardRow])],
  providers: USE_CASES,
  exports: USE_CASES,
})
export class FundingModule implements OnModuleInit {
  constructor(
    private readonly anomalies: AnomalyRegistry,
    private readonly dependents: DependentsRegistry,
    private readonly due: DueRegistry,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly frames: SurveyFrames,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    this.anomalies.register(fundAnomalies);
    this.due.register(callsDue);
    this.evaluations.registerEvidence(fundEvidence);
    for (const frame of [registeredEnterprises, applicantEnterprises]) this.frames.register(frame);
    for (const handler of [tellApplicant, tellExpert, tellManagers, tellObjector, endIntake]) this.handlers.register(handler);
    this.dependents.register(callsUnderWay);
  }
}
