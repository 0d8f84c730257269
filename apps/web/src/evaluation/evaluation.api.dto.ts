import { type Conclusion, CONCLUSIONS, type Side, SIDES } from '@domains/evaluation';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';

class RatingDto {
  @IsIn(SIDES, { message: 'evaluation:error.ratingNeeded' }) side: Side;
  @IsInt({ message: 'evaluation:error.ratingRange' }) @Min(0, { message: 'evaluation:error.ratingRange' }) @Max(100, { message: 'evaluation:error.ratingRange' }) rating: number;
  @IsString() @MaxLength(8000, { message: 'evaluation:error.tooLong' }) evidence: string;
}

/** A report as the API takes it. */
export class ReportDto {
  /** The version that was read last; `conflict` if it has changed since. */
  @IsInt() @Min(1) @Max(1_000_000_000) rowVersion: number;
  @IsBoolean() submit: boolean;
  @IsString() @MaxLength(8000, { message: 'evaluation:error.tooLong' }) summary: string;
  @IsOptional() @IsIn(CONCLUSIONS, { message: 'evaluation:error.conclusionNeeded' }) conclusion: Conclusion | null = null;
  @IsString() @MaxLength(8000, { message: 'evaluation:error.tooLong' }) reason: string;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'evaluation:error.dayNeeded' }) nextReviewOn: string | null = null;
  @IsArray() @ArrayMaxSize(SIDES.length) @ValidateNested({ each: true }) @Type(() => RatingDto) ratings: RatingDto[];
}
