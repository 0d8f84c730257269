import { DueRegistry, EvaluationSources, LifeCycle, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { HandlerRegistry } from '@platform/messaging';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { abolitionDecidedGate } from './gates/abolition-decided';
import { notifyDeciders } from './handlers/notify-deciders';
import { openOnEvaluation } from './handlers/open-on-evaluation';
import { abolitionOutcomes } from './evaluation/abolition-outcomes';
import { endingPolicies } from './due/ending-policies';
import { GRANTS } from './ledger.access';
import { AbolitionCaseRow } from './persistence/abolition-case.entity';
import { DecideAbolition } from './use-cases/decide-abolition';
import { ExpirePolicies } from './use-cases/expire-policies';
import { OpenAbolition } from './use-cases/open-abolition';

const USE_CASES = [OpenAbolition, DecideAbolition, ExpirePolicies];

@Module({ imports: [PolicyModule, TypeOrmModule.forFeature([AbolitionCaseRow])], providers: USE_CASES, exports: USE_CASES })
export class LedgerModule implements OnModuleInit {
  constructor(
    private readonly due: DueRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly permissions: PermissionRegistry,
    private readonly handlers: HandlerRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    this.due.register(endingPolicies);
    this.evaluations.registerOutcomes(abolitionOutcomes);
    this.lifeCycle.registerGate(abolitionDecidedGate);
    this.handlers.register(openOnEvaluation(this.lifeCycle));
    this.handlers.register(notifyDeciders);
  }
}
