import { PolicyModule } from '@core/policy';
import { EvaluationModule } from '@domains/evaluation';
import { Module } from '@nestjs/common';
import { EvaluationApi, EvaluationDeskApi } from './evaluation.api';
import { EvaluationConsole } from './evaluation.console';
import { EvaluationPortal } from './evaluation.portal';

@Module({ imports: [PolicyModule, EvaluationModule], controllers: [EvaluationPortal, EvaluationConsole, EvaluationApi, EvaluationDeskApi] })
export class EvaluationWeb {}
