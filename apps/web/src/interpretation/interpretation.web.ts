import { PolicyModule } from '@core/policy';
import { InterpretationModule } from '@domains/interpretation';
import { Module } from '@nestjs/common';
import { InterpretationApi, InterpretationDeskApi } from './interpretation.api';
import { InterpretationConsole } from './interpretation.console';
import { InterpretationPortal } from './interpretation.portal';

@Module({ imports: [PolicyModule, InterpretationModule], controllers: [InterpretationPortal, InterpretationConsole, InterpretationApi, InterpretationDeskApi] })
export class InterpretationWeb {}
