import { POLICY_KINDS } from '@core/policy';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;

export class EffectiveDto {
  /** The day; today unless it is given. */
  @ValidateIf(filled) @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'ledger:error.badDay' }) on?: string;
  @ValidateIf(filled) @IsIn(POLICY_KINDS, { message: 'policy:error.kind' }) kind?: string;
  @ValidateIf(filled) @IsUUID(undefined, { message: 'policy:error.department' }) department?: string;
  @IsOptional() @IsString() @MaxLength(100) after?: string;
  @ValidateIf(filled) @IsIn(['json', 'csv'], { message: 'common:error.badRequest' }) format?: 'json' | 'csv';
}

export class OpenAbolitionDto {
  @IsString() @MaxLength(4000, { message: 'ledger:error.tooLong' }) openReason: string;
}

export class DecideAbolitionDto {
  @IsIn(['abolish', 'keep'], { message: 'ledger:error.decisionNeeded' }) decision: 'abolish' | 'keep';
  @IsString() @MaxLength(4000, { message: 'ledger:error.tooLong' }) reason: string;
  @IsOptional() @IsString() @MaxLength(8000, { message: 'ledger:error.tooLong' }) noticeText?: string;
  @ValidateIf(filled) @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'ledger:error.badDay' }) effectOn?: string;
}
