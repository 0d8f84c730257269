import { PolicyModule } from '@core/policy';
import { LedgerModule } from '@domains/ledger';
import { Module } from '@nestjs/common';
import { BooksConsole } from './books.console';
import { BooksPortal } from './books.portal';
import { LedgerApi, LedgerDeskApi } from './ledger.api';
import { LedgerConsole } from './ledger.console';
import { LedgerPortal } from './ledger.portal';

@Module({ imports: [PolicyModule, LedgerModule], controllers: [LedgerPortal, LedgerConsole, BooksPortal, BooksConsole, LedgerApi, LedgerDeskApi] })
export class LedgerWeb {}
