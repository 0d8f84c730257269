import { PolicyModule } from '@core/policy';
import { ConsultationModule } from '@domains/consultation';
import { Module } from '@nestjs/common';
import { AppealApi, AppealPortal } from './appeal.portal';
import { ClustersApi } from './clusters.api';
import { ClustersConsole } from './clusters.console';
import { ConsultationApi } from './consultation.api';
import { ConsultationConsole } from './consultation.console';
import { ConsultationPortal } from './consultation.portal';
import { InclusionPortal } from './inclusion.portal';
import { ModerationConsole } from './moderation.console';
import { OpinionBulkConsole } from './opinion-bulk.console';
import { OpinionDeskConsole } from './opinion-desk.console';
import { PublicOpinionsPortal } from './public-opinions.portal';
import { ReceiptPortal } from './receipt.portal';
import { WithdrawalApi } from './withdrawal.api';
import { WithdrawalPortal } from './withdrawal.portal';

@Module({
  imports: [PolicyModule, ConsultationModule],
  controllers: [ConsultationPortal, InclusionPortal, ReceiptPortal, ConsultationConsole, ClustersConsole, ConsultationApi, ClustersApi, WithdrawalPortal, WithdrawalApi, OpinionBulkConsole, OpinionDeskConsole, ModerationConsole, PublicOpinionsPortal, AppealPortal, AppealApi],
})
export class ConsultationWeb {}
