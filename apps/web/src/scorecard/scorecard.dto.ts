import { SCORE_DECISIONS, type ScoreDecision } from '@domains/ledger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const WHOLE = /^\d{1,3}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^\d{1,9}$/;

export class ScoreListDto {
  /** The label of a period, chosen in a form. */
  @IsOptional() @IsString() @MaxLength(6) period?: string;
}

export class ScoreCasesDto {
  @IsOptional() @IsIn(['missed', 'met', 'excluded', 'pending'], { message: 'common:error.badRequest' }) standing?: 'missed' | 'met' | 'excluded' | 'pending';
  /** The key of the last case of the page before. */
  @IsOptional() @IsString() @MaxLength(200) after?: string;
}

export class ScoreCaseDto {
  @IsString() @MaxLength(200) case: string;
}

export class PublishScoresDto {
  @Matches(NUMBER, { message: 'common:error.changedMeanwhile' }) edition: string;
  @IsOptional() @IsString() @MaxLength(4000, { message: 'scorecard:error.tooLong' }) overview?: string;
  @IsOptional() @IsString() @MaxLength(4000, { message: 'scorecard:error.tooLong' }) problems?: string;
  @IsOptional() @IsString() @MaxLength(4000, { message: 'scorecard:error.tooLong' }) demands?: string;
}

export class FileScoreAppealDto {
  @IsString() @MaxLength(2000, { message: 'scorecard:error.reason' }) reason: string;
  @IsString() @MaxLength(500, { message: 'scorecard:error.evidence' }) evidence: string;
  @IsString() @MaxLength(100) _key: string;
}

export class DecideScoreAppealDto {
  @IsIn(SCORE_DECISIONS, { message: 'scorecard:error.decision' }) decision: ScoreDecision;
  @IsString() @MaxLength(2000, { message: 'scorecard:error.reason' }) decisionReason: string;
}

export class ScoreRulesDto {
  @Matches(WHOLE, { message: 'scorecard:error.weight' }) consultation: string;
  @Matches(WHOLE, { message: 'scorecard:error.weight' }) limits: string;
  @Matches(WHOLE, { message: 'scorecard:error.weight' }) interpretation: string;
  @Matches(WHOLE, { message: 'scorecard:error.weight' }) evaluation: string;
  @Matches(WHOLE, { message: 'scorecard:error.weight' }) conclusions: string;
  @Matches(WHOLE, { message: 'scorecard:error.weight' }) current: string;
  @Matches(WHOLE, { message: 'scorecard:error.daysWhole' }) appealDays: string;
  @Matches(WHOLE, { message: 'scorecard:error.daysWhole' }) decideDays: string;
  @Matches(DAY, { message: 'scorecard:error.firstDay' }) validFrom: string;
  @IsString() @MaxLength(500, { message: 'scorecard:error.reason' }) reason: string;
}
