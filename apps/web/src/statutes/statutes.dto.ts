import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';
import { AREAS, type Area } from './statute-names';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined && value !== null;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A count: by a rule (`param`) or by one's own days; both where the days are those that were counted under the rule. */
export class DeadlineDto {
  /** A parameter, or one figure of it: `nrd.legal_review:max`. */
  @IsOptional() @IsString() @MaxLength(60) param?: string;
  @IsOptional() @IsString() @MaxLength(20) from?: string;
  @IsOptional() @IsString() @MaxLength(6) days?: string;
  @ValidateIf(filled) @IsIn(['wd', 'cd'], { message: 'statutes:error.unit' }) unit?: 'wd' | 'cd';
  @ValidateIf(filled) @IsUUID(undefined, { message: 'policy:error.department' }) department?: string;
}

export const CHECKS = ['S', 'P', 'M', 'unconfirmed', 'overridden'] as const;

export class StatutesDto {
  @IsOptional() @IsString() @MaxLength(60) q?: string;
  /** The day; today unless it is given. */
  @ValidateIf(filled) @Matches(DAY, { message: 'statutes:error.day' }) on?: string;
  @ValidateIf(filled) @IsIn(AREAS, { message: 'common:error.badRequest' }) area?: Area;
  @ValidateIf(filled) @IsIn(CHECKS, { message: 'common:error.badRequest' }) check?: (typeof CHECKS)[number];
}

/** What both doors ask of an override; the form names the figure as one choice, the API by `paramId` and `field`. */
class TermsDto {
  @Type(() => Number) @IsInt({ message: 'statutes:error.value' }) value: number;
  @IsString() @MaxLength(300, { message: 'statutes:error.sourceMissing' }) source: string;
  @IsString() @MaxLength(500, { message: 'statutes:error.reasonMissing' }) reason: string;
  @Matches(DAY, { message: 'statutes:error.day' }) from: string;
  @ValidateIf(filled) @Matches(DAY, { message: 'statutes:error.day' }) to?: string | null;
}

export class OverrideFormDto extends TermsDto {
  /** `nrd.legal_review:max` */
  @Matches(/^[^:]+:[^:]+$/, { message: 'statutes:error.figure' }) figure: string;
  @IsOptional() @IsIn(['on'], { message: 'common:error.badRequest' }) wholeCity?: 'on';
}

export class OverrideDto extends TermsDto {
  @IsString() @MaxLength(60) paramId: string;
  @IsString() @MaxLength(60) field: string;
  @IsOptional() @IsBoolean({ message: 'common:error.badRequest' }) wholeCity?: boolean;
}

export class ConfirmParameterDto {
  @IsString() @MaxLength(60) paramId: string;
  /** First day of the version that was read. */
  @Matches(DAY, { message: 'statutes:error.version' }) versionFrom: string;
  @IsString() @MaxLength(500, { message: 'statutes:error.textSourceMissing' }) textSource: string;
}
