import { AnomalyRegistry, DependentsRegistry, DueRegistry, EvaluationSources, ExplanationRegistry, LifeCycle, MeasureRegistry, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { releasedInterpretations } from './dependents/materials';
import { interpretationEvidence } from './evaluation/interpretation-evidence';
import { missingInterpretations } from './anomalies/missing';
import { releaseDue } from './due/release';
import { plannedGate } from './gates/planned';
import { readyGate } from './gates/ready';
import { interpretationInSync } from './measures/sync';
import { GRANTS } from './interpretation.access';
import { MaterialRow, PictureRow } from './persistence/material.entity';
import { PlanRow } from './persistence/plan.entity';
import { explanations } from './queries/explanations';
import { ApproveMaterial } from './use-cases/approve-material';
import { releaseMaterials } from './use-cases/release-materials';
import { SavePlan } from './use-cases/save-plan';
import { WriteMaterial } from './use-cases/write-material';

@Module({
  imports: [PolicyModule, TypeOrmModule.forFeature([PlanRow, MaterialRow, PictureRow])],
  providers: [SavePlan, WriteMaterial, ApproveMaterial],
  exports: [SavePlan, WriteMaterial, ApproveMaterial],
})
export class InterpretationModule implements OnModuleInit {
  constructor(
    private readonly anomalies: AnomalyRegistry,
    private readonly dependents: DependentsRegistry,
    private readonly due: DueRegistry,
    private readonly explanations: ExplanationRegistry,
    private readonly evaluations: EvaluationSources,
    private readonly lifeCycle: LifeCycle,
    private readonly measures: MeasureRegistry,
    private readonly permissions: PermissionRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    this.measures.register(interpretationInSync);
    this.anomalies.register(missingInterpretations);
    this.dependents.register(releasedInterpretations);
    this.due.register(releaseDue);
    this.explanations.register(explanations);
    this.evaluations.registerEvidence(interpretationEvidence);
    this.lifeCycle.registerGate(plannedGate);
    this.lifeCycle.registerGate(readyGate);
    this.lifeCycle.registerEffect({ key: 'interpretation.release', on: ['publish'], run: (tx, policy) => releaseMaterials(tx, policy, this.lifeCycle) });
  }
}
