import { PolicyModule } from '@core/policy';
import { LedgerModule } from '@domains/ledger';
import { Module } from '@nestjs/common';
import { CheckpointsPortal } from './checkpoints.portal';
import { LedgerApi, LedgerDeskApi } from './ledger.api';
import { LedgerConsole } from './ledger.console';
import { LedgerPortal } from './ledger.portal';
import { LogConsole } from './log.console';

@Module({ imports: [PolicyModule, LedgerModule], controllers: [LedgerPortal, CheckpointsPortal, LedgerConsole, LogConsole, LedgerApi, LedgerDeskApi] })
export class LedgerWeb {}
