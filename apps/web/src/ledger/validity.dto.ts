import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const badDay = { message: 'ledger:error.badDay' };
const tooLong = { message: 'ledger:error.tooLong' };

export class ProposeValidityDto {
  @IsIn(['extend', 'partial_repeal'], { message: 'ledger-log:error.kindNeeded' }) kind: 'extend' | 'partial_repeal';
  @IsString() @MaxLength(4000, tooLong) caseReason: string;
  @ValidateIf(filled) @Matches(DAY, badDay) newTo?: string;
  /** Identities of clauses; a form with one ticked sends no list. */
  @Transform(({ value }: { value: unknown }) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]))
  @IsOptional() @IsArray() @ArrayMaxSize(500) @IsString({ each: true }) @MaxLength(100, { each: true }) clauses: string[] = [];
  @ValidateIf(filled) @Matches(DAY, badDay) effectOn?: string;
}

export class DecideValidityDto {
  @IsIn(['approve', 'refuse'], { message: 'ledger-log:error.decisionNeeded' }) decision: 'approve' | 'refuse';
  @IsString() @MaxLength(4000, tooLong) decisionReason: string;
  @IsOptional() @IsString() @MaxLength(8000, tooLong) noticeText?: string;
}

export class EffectiveChangesDto {
  @ValidateIf(filled) @Matches(DAY, badDay) from?: string;
  @ValidateIf(filled) @Matches(DAY, badDay) to?: string;
}
