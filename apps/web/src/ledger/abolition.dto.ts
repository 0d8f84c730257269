import { NOT_ASKED_GROUNDS, type NotAskedGround } from '@domains/ledger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EmptyIsNull } from '../drafting/drafting.dto';

const tooLong = { message: 'ledger:error.tooLong' };
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The version of the case that the person read. */
class SeenDto {
  @Type(() => Number) @IsInt({ message: 'common:error.changedMeanwhile' }) @Min(1, { message: 'common:error.changedMeanwhile' }) @Max(1_000_000, { message: 'common:error.changedMeanwhile' }) rowVersion: number;
}

export class PrepareAbolitionDto extends SeenDto {
  @EmptyIsNull() @IsOptional() @IsIn(['asked', 'not_asked'], { message: 'abolition:error.opinionsNeeded' }) opinions?: 'asked' | 'not_asked' | null;
  @EmptyIsNull() @IsOptional() @IsUUID(undefined, { message: 'abolition:error.badConsultation' }) consultationId?: string | null;
  @EmptyIsNull() @IsOptional() @IsIn(NOT_ASKED_GROUNDS, { message: 'abolition:error.groundNeeded' }) opinionsGround?: NotAskedGround | null;
  @IsOptional() @IsString() @MaxLength(4000, tooLong) opinionsNote?: string;
  @EmptyIsNull() @IsOptional() @IsUUID(undefined, { message: 'abolition:error.badReplacement' }) replacedBy?: string | null;
  @IsOptional() @IsString() @MaxLength(4000, tooLong) transition?: string;
  @EmptyIsNull() @IsOptional() @Matches(DAY, { message: 'ledger:error.badDay' }) proposedEffectOn?: string | null;
}

export class SettleDependentsDto {
  /** `<kind>/<id>/<number of the settlement that was seen, 0 for none>`; a form with one ticked sends no list. */
  @Transform(({ value }: { value: unknown }) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]))
  @IsArray() @ArrayMaxSize(200, { message: 'abolition:error.itemsNeeded' }) @IsString({ each: true, message: 'abolition:error.itemsNeeded' }) @MaxLength(120, { each: true, message: 'abolition:error.itemsNeeded' }) items: string[] = [];
  @IsString({ message: 'abolition:error.wayNeeded' }) @MaxLength(40, { message: 'abolition:error.wayNeeded' }) way: string = '';
  @IsString() @MaxLength(4000, tooLong) settleReason: string;
  /** Which of the forms on the page it is, so that what was typed comes back into that one. */
  @IsOptional() @IsString() @MaxLength(60) group?: string;
}

export class ReviewAbolitionDto extends SeenDto {
  @IsIn(['passed', 'returned'], { message: 'abolition:error.outcomeNeeded' }) outcome: 'passed' | 'returned';
  @IsString() @MaxLength(4000, tooLong) reviewOpinion: string;
}

export class NoticeListDto {
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}
