import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LifeCycle } from './life-cycle.service';
import { PolicyRow } from './persistence/policy.entity';
import { ProvisionRow, VersionRow } from './persistence/version.entity';
import { RulePackCheck } from './rule-pack-check';
import { PublishPolicy } from './use-cases/publish-policy';

@Module({
  imports: [TypeOrmModule.forFeature([PolicyRow, VersionRow, ProvisionRow])],
  providers: [LifeCycle, PublishPolicy, RulePackCheck],
  exports: [LifeCycle, PublishPolicy],
})
export class PolicyModule {}
