import { PROGRESS_STATES, type ProgressState } from '@domains/drafting';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { filled, MONTH, Ticked } from './drafting.dto';

const REASON = 'drafting:error.reasonMissing';
/** One ticked box arrives as a text, several as a list. */
const Several = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]));

export class OpenCityPlanDto {
  @Type(() => Number) @IsInt({ message: 'drafting:error.year' }) year: number;
}

export class ArrangeEntryDto {
  @IsIn(['place', 'move', 'refuse'], { message: 'drafting:error.decision' }) action: 'place' | 'move' | 'refuse';
  @ValidateIf((dto: ArrangeEntryDto) => dto.action === 'place') @Type(() => Number) @IsInt({ message: 'plan:error.position' }) @Min(1, { message: 'plan:error.position' }) @Max(9999, { message: 'plan:error.position' }) position = 1;
  @ValidateIf((dto: ArrangeEntryDto) => dto.action === 'place') @Matches(MONTH, { message: 'plan:error.dueMonth' }) dueMonth = '';
  @ValidateIf((dto: ArrangeEntryDto) => dto.action === 'move') @Type(() => Number) @IsInt({ message: 'drafting:error.year' }) year = 0;
  @ValidateIf((dto: ArrangeEntryDto) => dto.action !== 'place') @IsString({ message: REASON }) @Length(1, 2000, { message: REASON }) note = '';
}

/** The entries that are to become one. */
export class ChosenEntriesDto {
  @Several() @IsArray() @ArrayMaxSize(20, { message: 'plan:error.mergeTwo' }) @IsUUID(undefined, { each: true, message: 'plan:error.mergeTwo' }) entryIds: string[] = [];
}

export class MergeEntriesDto extends ChosenEntriesDto {
  @IsUUID(undefined, { message: 'plan:error.mergeLead' }) leadEntryId: string;
  @IsString({ message: 'drafting:error.title' }) @Length(1, 300, { message: 'drafting:error.title' }) title: string;
}

export class DecideCityPlanDto {
  @IsIn(['propose', 'approve', 'send_back'], { message: 'drafting:error.decision' }) decision: 'propose' | 'approve' | 'send_back';
  /** The plan's version that was read: what is approved is what was read. */
  @ValidateIf((dto: DecideCityPlanDto) => dto.decision === 'approve') @Type(() => Number) @IsInt() @Min(1) seen = 0;
  @ValidateIf((dto: DecideCityPlanDto) => dto.decision === 'send_back') @IsString({ message: REASON }) @Length(1, 2000, { message: REASON }) note = '';
}

export class SupplementDto {
  @IsString({ message: REASON }) @Length(1, 2000, { message: REASON }) supplementReason: string;
  @ValidateIf(filled) @Matches(MONTH, { message: 'plan:error.dueMonth' }) dueMonth?: string;
  @Ticked() @IsBoolean() urgent = false;
}

export class CancelEntryDto {
  @IsString({ message: REASON }) @Length(1, 2000, { message: REASON }) cancelReason: string;
}

export class DecideChangeDto {
  @IsIn(['approve', 'refuse'], { message: 'drafting:error.decision' }) decision: 'approve' | 'refuse';
  @IsOptional() @IsString() @MaxLength(2000, { message: 'drafting:error.long' }) changeNote?: string;
}

export class ProgressDto {
  @ValidateIf(filled) @Type(() => Number) @IsInt({ message: 'drafting:error.year' }) year?: number;
  @ValidateIf(filled) @IsUUID(undefined, { message: 'policy:error.department' }) department?: string;
  @ValidateIf(filled) @IsIn(PROGRESS_STATES, { message: 'common:error.badRequest' }) progress?: ProgressState;
  @Ticked() @IsBoolean() overdue = false;
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class PublicPlanDto {
  @ValidateIf(filled) @Type(() => Number) @IsInt({ message: 'drafting:error.year' }) year?: number;
}
