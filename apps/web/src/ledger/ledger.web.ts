import { PolicyModule } from '@core/policy';
import { LedgerModule } from '@domains/ledger';
import { Module } from '@nestjs/common';
import { AbolitionApi, NoticesApi } from './abolition.api';
import { AbolitionConsole } from './abolition.console';
import { BooksConsole } from './books.console';
import { BooksPortal } from './books.portal';
import { ChangesPortal } from './changes.portal';
import { CheckpointsPortal } from './checkpoints.portal';
import { LedgerApi, LedgerDeskApi } from './ledger.api';
import { LedgerConsole } from './ledger.console';
import { LedgerPortal } from './ledger.portal';
import { LogConsole } from './log.console';
import { NoticesPortal } from './notices.portal';
import { ValidityConsole } from './validity.console';

@Module({ imports: [PolicyModule, LedgerModule], controllers: [LedgerPortal, ChangesPortal, NoticesPortal, CheckpointsPortal, BooksPortal, LedgerConsole, BooksConsole, LogConsole, ValidityConsole, AbolitionConsole, LedgerApi, LedgerDeskApi, NoticesApi, AbolitionApi] })
export class LedgerWeb {}
