import { PolicyModule } from '@core/policy';
import { ConsultationModule } from '@domains/consultation';
import { Module } from '@nestjs/common';
import { OutletsWeb } from '../outlets/outlets.web';
import { BatchesConsole } from './batches.console';
import { ChannelsConsole } from './channels.console';
import { AttachmentsConsole } from './attachments.console';
import { AttachmentsPortal } from './attachments.portal';
import { AppealApi, AppealPortal } from './appeal.portal';
import { ClustersApi } from './clusters.api';
import { ClustersConsole } from './clusters.console';
import { ConsultationApi } from './consultation.api';
import { ConsultationConsole } from './consultation.console';
import { ConsultationPortal } from './consultation.portal';
import { EventsConsole } from './events.console';
import { HearingsPortal } from './hearings.portal';
import { DraftPortal } from './draft.portal';
import { IntakeGuard } from './intake-guard';
import { InclusionPortal } from './inclusion.portal';
import { MailsConsole } from './mails.console';
import { ModerationConsole } from './moderation.console';
import { OpinionBulkConsole } from './opinion-bulk.console';
import { OpinionDeskConsole } from './opinion-desk.console';
import { PublicOpinionsPortal } from './public-opinions.portal';
import { ReceiptPortal } from './receipt.portal';
import { WithdrawalApi } from './withdrawal.api';
import { WithdrawalPortal } from './withdrawal.portal';

@Module({
  imports: [PolicyModule, ConsultationModule, OutletsWeb],
  controllers: [ConsultationPortal, InclusionPortal, ReceiptPortal, ConsultationConsole, ClustersConsole, ConsultationApi, ClustersApi, WithdrawalPortal, WithdrawalApi, ChannelsConsole, BatchesConsole, EventsConsole, HearingsPortal, MailsConsole, AttachmentsPortal, AttachmentsConsole, DraftPortal,
    OpinionBulkConsole, OpinionDeskConsole, ModerationConsole, PublicOpinionsPortal, AppealPortal, AppealApi],
  providers: [IntakeGuard],
  exports: [IntakeGuard],
})
export class ConsultationWeb {}
