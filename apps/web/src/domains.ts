import type { Type } from '@nestjs/common';
import { EvaluationWeb } from './evaluation/evaluation.web';
import { InterpretationWeb } from './interpretation/interpretation.web';
import { LedgerWeb } from './ledger/ledger.web';

/** The rooms that have pages: each brings its controllers and its domain module. */
export const DOMAIN_WEB_MODULES: Type[] = [InterpretationWeb, EvaluationWeb, LedgerWeb];
