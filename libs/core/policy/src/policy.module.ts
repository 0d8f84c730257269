import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AnomalyRegistry } from './anomaly-registry';
import { DependentsRegistry } from './dependents-registry';
import { DueRegistry } from './due-registry';
import { ExplanationRegistry } from './explanation-registry';
import { EvaluationSources } from './evaluation-sources';
import { LifeCycle } from './life-cycle.service';
import { MeasureRegistry } from './measure-registry';
import { PolicyRow } from './persistence/policy.entity';
import { ValidityChangeRow } from './persistence/validity-change.entity';
import { ProvisionRow, VersionRow } from './persistence/version.entity';
import { RulePackCheck } from './rule-pack-check';
import { SurveyFrames } from './survey-frames';
import { PublishPolicy } from './use-cases/publish-policy';
import { SendReminders } from './use-cases/send-reminders';

@Module({
  imports: [TypeOrmModule.forFeature([PolicyRow, VersionRow, ProvisionRow, ValidityChangeRow])],
  providers: [AnomalyRegistry, DependentsRegistry, DueRegistry, EvaluationSources, ExplanationRegistry, LifeCycle, MeasureRegistry, PublishPolicy, RulePackCheck, SendReminders, SurveyFrames],
  exports: [AnomalyRegistry, DependentsRegistry, DueRegistry, EvaluationSources, ExplanationRegistry, LifeCycle, MeasureRegistry, PublishPolicy, SendReminders, SurveyFrames],
})
export class PolicyModule {}
