import { PolicyModule } from '@core/policy';
import { LedgerModule } from '@domains/ledger';
import { Module } from '@nestjs/common';
import { OutletsWeb } from '../outlets/outlets.web';
import { AbolitionApi, NoticesApi } from './abolition.api';
import { AbolitionConsole } from './abolition.console';
import { BooksConsole } from './books.console';
import { BooksPortal } from './books.portal';
import { ChangesPortal } from './changes.portal';
import { CheckpointsPortal } from './checkpoints.portal';
import { CleanupListsConsole } from './cleanup-lists.console';
import { CleanupsApi } from './cleanups.api';
import { CleanupsConsole } from './cleanups.console';
import { CleanupsPortal } from './cleanups.portal';
import { LedgerApi, LedgerDeskApi, PublicLedgerApi } from './ledger.api';
import { LedgerConsole } from './ledger.console';
import { LedgerExports } from './ledger-exports';
import { LedgerPortal } from './ledger.portal';
import { LogConsole } from './log.console';
import { NoticesPortal } from './notices.portal';
import { ValidityConsole } from './validity.console';

@Module({
  imports: [PolicyModule, LedgerModule, OutletsWeb],
  controllers: [
    LedgerPortal, ChangesPortal, NoticesPortal, CheckpointsPortal, BooksPortal, LedgerConsole, BooksConsole, LogConsole, ValidityConsole, AbolitionConsole,
    LedgerApi, PublicLedgerApi, LedgerDeskApi, NoticesApi, AbolitionApi,
    CleanupsPortal, CleanupsConsole, CleanupListsConsole, CleanupsApi,
  ],
  providers: [LedgerExports],
})
export class LedgerWeb {}
