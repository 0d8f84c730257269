import { AnomalyRegistry, DueRegistry, EvaluationSources, LifeCycle, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { HandlerRegistry } from '@platform/messaging';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { policyAnomalies } from './anomalies/policies';
import { abolitionDecidedGate } from './gates/abolition-decided';
import { notifyDeciders } from './handlers/notify-deciders';
import { openOnEvaluation } from './handlers/open-on-evaluation';
import { abolitionOutcomes } from './evaluation/abolition-outcomes';
import { endingPolicies } from './due/ending-policies';
import { GRANTS } from './ledger.access';
import { AbolitionCaseRow } from './persistence/abolition-case.entity';
import { BookRow } from './persistence/book.entity';
import { ValidityCaseRow } from './persistence/validity-case.entity';
import { DecideAbolition } from './use-cases/decide-abolition';
import { ExpirePolicies } from './use-cases/expire-policies';
import { MakeBooks } from './use-cases/make-books';
import { OpenAbolition } from './use-cases/open-abolition';
import { PublishBook } from './use-cases/publish-book';
import { RequestBook } from './use-cases/request-book';
import { DecideValidity } from './use-cases/decide-validity';
import { ProposeValidity } from './use-cases/propose-validity';

const USE_CASES = [OpenAbolition, DecideAbolition, ExpirePolicies, ProposeValidity, DecideValidity, RequestBook, MakeBooks, PublishBook];

@Module({ imports: [PolicyModule, TypeOrmModule.forFeature([AbolitionCaseRow, ValidityCaseRow, BookRow])], providers: USE_CASES, exports: USE_CASES })
export class LedgerModule implements OnModuleInit {
  constructor(
    private readonly anomalies: AnomalyRegistry,
    private readonly due: DueRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    this.anomalies.register(policyAnomalies);
    this.due.register(endingPolicies);
    this.evaluations.registerOutcomes(abolitionOutcomes);
    this.lifeCycle.registerGate(abolitionDecidedGate);
    this.handlers.register(openOnEvaluation(this.lifeCycle));
    this.handlers.register(notifyDeciders);
  }
}
