import { PolicyModule } from '@core/policy';
import { ConsultationModule } from '@domains/consultation';
import { Module } from '@nestjs/common';
import { ClustersApi } from './clusters.api';
import { ClustersConsole } from './clusters.console';
import { ConsultationApi } from './consultation.api';
import { ConsultationConsole } from './consultation.console';
import { ConsultationPortal } from './consultation.portal';
import { DraftPortal } from './draft.portal';
import { IntakeGuard } from './intake-guard';
import { InclusionPortal } from './inclusion.portal';
import { ReceiptPortal } from './receipt.portal';
import { WithdrawalApi } from './withdrawal.api';
import { WithdrawalPortal } from './withdrawal.portal';

@Module({
  imports: [PolicyModule, ConsultationModule],
  controllers: [ConsultationPortal, InclusionPortal, ReceiptPortal, ConsultationConsole, ClustersConsole, ConsultationApi, ClustersApi, WithdrawalPortal, WithdrawalApi, DraftPortal],
  providers: [IntakeGuard],
  exports: [IntakeGuard],
})
export class ConsultationWeb {}
