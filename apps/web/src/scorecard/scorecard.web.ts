import { PolicyModule } from '@core/policy';
import { LedgerModule } from '@domains/ledger';
import { Module } from '@nestjs/common';
import { ScoreAppealsConsole } from './score-appeals.console';
import { ScoreReportConsole } from './score-report.console';
import { ScoreRulesConsole } from './score-rules.console';
import { ScorecardConsole } from './scorecard.console';

// The report's paths come before `:period/:department`, which would take them for a department.
@Module({ imports: [PolicyModule, LedgerModule], controllers: [ScoreReportConsole, ScorecardConsole, ScoreAppealsConsole, ScoreRulesConsole] })
export class ScorecardWeb {}
