import { PolicyModule } from '@core/policy';
import { ConsultationModule } from '@domains/consultation';
import { Module } from '@nestjs/common';
import { ConsultationExports } from './consultation-exports';
import { EmbedPortal } from './embed.portal';
import { FeedPortal } from './feed.portal';
import { OpenDataPortal } from './open-data.portal';
import { OutletsConsole } from './outlets.console';

@Module({
  imports: [PolicyModule, ConsultationModule],
  controllers: [FeedPortal, OpenDataPortal, EmbedPortal, OutletsConsole],
  providers: [ConsultationExports],
  exports: [ConsultationExports],
})
export class OutletsWeb {}
