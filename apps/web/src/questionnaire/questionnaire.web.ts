import { PolicyModule } from '@core/policy';
import { ConsultationModule } from '@domains/consultation';
import { Module } from '@nestjs/common';
import { ConsultationWeb } from '../consultation/consultation.web';
import { QuestionnaireConsole } from './questionnaire.console';
import { QuestionnairePortal } from './questionnaire.portal';

@Module({ imports: [PolicyModule, ConsultationModule, ConsultationWeb], controllers: [QuestionnairePortal, QuestionnaireConsole] })
export class QuestionnaireWeb {}
