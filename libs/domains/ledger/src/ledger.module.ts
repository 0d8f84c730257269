import { DependentsRegistry, DueRegistry, EvaluationSources, LifeCycle, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { HandlerRegistry } from '@platform/messaging';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { abolitionDecidedGate } from './gates/abolition-decided';
import { caseGates } from './gates/case-complete';
import { restingPolicies } from './dependents/resting-policies';
import { endRestingPolicy } from './handlers/end-resting-policy';
import { notifyDeciders } from './handlers/notify-deciders';
import { notifyReviewers } from './handlers/notify-reviewers';
import { openOnEvaluation } from './handlers/open-on-evaluation';
import { abolitionOutcomes } from './evaluation/abolition-outcomes';
import { endingPolicies } from './due/ending-policies';
import { openAbolitions } from './due/open-abolitions';
import { GRANTS } from './ledger.access';
import { AbolitionCaseRow } from './persistence/abolition-case.entity';
import { BookRow } from './persistence/book.entity';
import { ValidityCaseRow } from './persistence/validity-case.entity';
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

const USE_CASES = [OpenAbolition, PrepareAbolition, SettleDependents, ReviewAbolition, DecideAbolition, ExpirePolicies, ProposeValidity, DecideValidity, RequestBook, MakeBooks, PublishBook];

@Module({ imports: [PolicyModule, TypeOrmModule.forFeature([AbolitionCaseRow, ValidityCaseRow, BookRow])], providers: USE_CASES, exports: USE_CASES })
export class LedgerModule implements OnModuleInit {
  constructor(
    private readonly dependents: DependentsRegistry,
    private readonly due: DueRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    for (const source of [endingPolicies, openAbolitions]) this.due.register(source);
    this.evaluations.registerOutcomes(abolitionOutcomes);
    this.dependents.register(restingPolicies);
    for (const gate of [abolitionDecidedGate, ...caseGates(this.dependents)]) this.lifeCycle.registerGate(gate);
    for (const handler of [openOnEvaluation(this.lifeCycle), notifyDeciders, notifyReviewers, endRestingPolicy(this.lifeCycle)]) this.handlers.register(handler);
  }
}
