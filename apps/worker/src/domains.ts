import { ConsultationModule } from '@domains/consultation';
import { DraftingModule } from '@domains/drafting';
import { EvaluationModule } from '@domains/evaluation';
import { FundingModule } from '@domains/funding';
import { InterpretationModule } from '@domains/interpretation';
import { LedgerModule } from '@domains/ledger';
import type { Type } from '@nestjs/common';

/** The rooms whose reactions and schedules run here. */
export const DOMAIN_MODULES: Type[] = [DraftingModule, ConsultationModule, InterpretationModule, FundingModule, EvaluationModule, LedgerModule];
