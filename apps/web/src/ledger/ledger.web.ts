import { PolicyModule } from '@core/policy';
import { LedgerModule } from '@domains/ledger';
import { Module } from '@nestjs/common';
import { LedgerApi, LedgerDeskApi } from './ledger.api';
import { LedgerConsole } from './ledger.console';
import { LedgerPortal } from './ledger.portal';

@Module({ imports: [PolicyModule, LedgerModule], controllers: [LedgerPortal, LedgerConsole, LedgerApi, LedgerDeskApi] })
export class LedgerWeb {}
