import { DueRegistry, PolicyModule } from '@core/policy';
import { PermissionRegistry } from '@platform/identity';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { reportsDue } from './due/reports';
import { GRANTS } from './evaluation.access';
import { RatingRow, ReportRow } from './persistence/report.entity';
import { OpenReport } from './use-cases/open-report';
import { PublishReport } from './use-cases/publish-report';
import { ReturnReport } from './use-cases/return-report';
import { SaveReport } from './use-cases/save-report';

const USE_CASES = [OpenReport, SaveReport, ReturnReport, PublishReport];

@Module({ imports: [PolicyModule, TypeOrmModule.forFeature([ReportRow, RatingRow])], providers: USE_CASES, exports: USE_CASES })
export class EvaluationModule implements OnModuleInit {
  constructor(
    private readonly due: DueRegistry,
    private readonly permissions: PermissionRegistry,
  ) {}

  onModuleInit(): void {
    this.permissions.register(GRANTS);
    this.due.register(reportsDue);
  }
}
