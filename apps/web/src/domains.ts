import type { Type } from '@nestjs/common';
import { AppraisalWeb } from './appraisal/appraisal.web';
import { ConsultationWeb } from './consultation/consultation.web';
import { DraftingWeb } from './drafting/drafting.web';
import { EvaluationWeb } from './evaluation/evaluation.web';
import { FundingWeb } from './funding/funding.web';
import { InterpretationWeb } from './interpretation/interpretation.web';
import { LedgerWeb } from './ledger/ledger.web';
import { OutletsWeb } from './outlets/outlets.web';
import { QuestionnaireWeb } from './questionnaire/questionnaire.web';
import { RegisterWeb } from './register/register.web';
import { ScorecardWeb } from './scorecard/scorecard.web';
import { StatutesWeb } from './statutes/statutes.web';

/** The rooms that have pages: each brings its controllers and its domain module. */
export const DOMAIN_WEB_MODULES: Type[] = [DraftingWeb, ConsultationWeb, QuestionnaireWeb, OutletsWeb, InterpretationWeb, FundingWeb, EvaluationWeb, AppraisalWeb, LedgerWeb, ScorecardWeb, RegisterWeb, StatutesWeb];
