import { AnomalyRegistry, DependentsRegistry, DueRegistry, EvaluationSources, LifeCycle, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { HandlerRegistry } from '@platform/messaging';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { policyAnomalies } from './anomalies/policies';
import { abolitionDecidedGate } from './gates/abolition-decided';
import { caseGates } from './gates/case-complete';
import { restingPolicies } from './dependents/resting-policies';
import { endRestingPolicy } from './handlers/end-resting-policy';
import { notifyDeciders } from './handlers/notify-deciders';
import { notifyReviewers } from './handlers/notify-reviewers';
import { openOnEvaluation } from './handlers/open-on-evaluation';
import { abolitionOutcomes } from './evaluation/abolition-outcomes';
import { cleanupsDue } from './due/cleanups';
import { followCleanups } from './handlers/follow-cleanups';
import { notifyCleanup } from './handlers/notify-cleanup';
import { endingPolicies } from './due/ending-policies';
import { scoreAppealsDue } from './due/score-appeals';
import { tellScoreDecision, tellScores } from './handlers/tell-scores';
import { openAbolitions } from './due/open-abolitions';
import { GRANTS } from './ledger.access';
import { AbolitionCaseRow } from './persistence/abolition-case.entity';
import { BookRow } from './persistence/book.entity';
import { CleanupItemRow, CleanupRow, CleanupSheetRow } from './persistence/cleanup.entity';
import { ValidityCaseRow } from './persistence/validity-case.entity';
import { CarryOutCleanups } from './use-cases/carry-out-cleanups';
import { DecideCleanup } from './use-cases/decide-cleanup';
import { ImportCleanup } from './use-cases/import-cleanup';
import { OpenCleanup } from './use-cases/open-cleanup';
import { ProposeCleanup } from './use-cases/propose-cleanup';
import { RunCleanup } from './use-cases/run-cleanup';
import { SignCleanup } from './use-cases/sign-cleanup';
import { CleanupEnds } from './use-cases/cleanup-ends';
import { CloseScores } from './use-cases/close-scores';
import { ConfirmScoreRules } from './use-cases/confirm-score-rules';
import { DecideScoreAppeal } from './use-cases/decide-score-appeal';
import { FileScoreAppeal } from './use-cases/file-score-appeal';
import { PublishScores } from './use-cases/publish-scores';
import { SetScoreRules } from './use-cases/set-score-rules';
import { DecideAbolition } from './use-cases/decide-abolition';
import { ExpirePolicies } from './use-cases/expire-policies';
import { MakeBooks } from './use-cases/make-books';
import { OpenAbolition } from './use-cases/open-abolition';
import { PrepareAbolition } from './use-cases/prepare-abolition';
import { PublishBook } from './use-cases/publish-book';
import { RequestBook } from './use-cases/request-book';
import { ReviewAbolition } from './use-cases/review-abolition';
import { SettleDependents } from './use-cases/settle-dependents';
import { DecideValidity } from './use-cases/decide-validity';
import { ProposeValidity } from './use-cases/propose-validity';

const USE_CASES = [OpenAbolition, PrepareAbolition, SettleDependents, ReviewAbolition, DecideAbolition, ExpirePolicies, ProposeValidity, DecideValidity, RequestBook, MakeBooks, PublishBook,
  OpenCleanup, RunCleanup, ProposeCleanup, SignCleanup, DecideCleanup, CarryOutCleanups, ImportCleanup, CleanupEnds,
  CloseScores, PublishScores, FileScoreAppeal, DecideScoreAppeal, SetScoreRules, ConfirmScoreRules];

@Module({ imports: [PolicyModule, TypeOrmModule.forFeature([AbolitionCaseRow, ValidityCaseRow, BookRow, CleanupRow, CleanupSheetRow, CleanupItemRow])], providers: USE_CASES, exports: USE_CASES })
export class LedgerModule implements OnModuleInit {
  constructor(
    private readonly anomalies: AnomalyRegistry,
    private readonly dependents: DependentsRegistry,
    private readonly due: DueRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    for (const source of [endingPolicies, openAbolitions, cleanupsDue, scoreAppealsDue]) this.due.register(source);
    this.anomalies.register(policyAnomalies);
    this.evaluations.registerOutcomes(abolitionOutcomes);
    this.dependents.register(restingPolicies);
    for (const gate of [abolitionDecidedGate, ...caseGates(this.dependents)]) this.lifeCycle.registerGate(gate);
    for (const handler of [openOnEvaluation(this.lifeCycle), notifyDeciders, notifyReviewers, endRestingPolicy(this.lifeCycle)]) this.handlers.register(handler);
    for (const handler of [notifyCleanup, followCleanups(this.evaluations), tellScores, tellScoreDecision]) this.handlers.register(handler);
  }
}
