import { StatutesModule } from '@core/statutes';
import { Module } from '@nestjs/common';
import { DeadlinePortal } from './deadline.portal';
import { StatutesApi, StatutesDeskApi } from './statutes.api';
import { StatutesConsole } from './statutes.console';
import { StatutesPortal } from './statutes.portal';

/** The doors of the statutes library. */
@Module({ imports: [StatutesModule], controllers: [StatutesPortal, DeadlinePortal, StatutesConsole, StatutesApi, StatutesDeskApi] })
export class StatutesWeb {}
