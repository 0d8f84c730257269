import { PolicyModule } from '@core/policy';
import { ConsultationModule } from '@domains/consultation';
import { Module } from '@nestjs/common';
import { QuestionnaireConsole } from './questionnaire.console';
import { QuestionnairePortal } from './questionnaire.portal';

@Module({ imports: [PolicyModule, ConsultationModule], controllers: [QuestionnairePortal, QuestionnaireConsole] })
export class QuestionnaireWeb {}
