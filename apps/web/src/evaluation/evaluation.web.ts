import { PolicyModule } from '@core/policy';
import { EvaluationModule } from '@domains/evaluation';
import { Module } from '@nestjs/common';
import { EvaluationApi } from './evaluation.api';
import { EvaluationConsole } from './evaluation.console';
import { EvaluationPortal } from './evaluation.portal';

@Module({ imports: [PolicyModule, EvaluationModule], controllers: [EvaluationPortal, EvaluationConsole, EvaluationApi] })
export class EvaluationWeb {}
