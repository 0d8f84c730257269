import { BASES, type Basis, CAMPAIGN_SIDES, type CampaignSide, type Conclusion, CONCLUSIONS, MAX_INDICATORS, MAX_SCOPE, type Trigger, TRIGGERS } from '@domains/evaluation';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';

const MOST = 1_000_000_000;
const day = { message: 'evaluation:error.dayNeeded' };
const long = { message: 'evaluation:error.tooLong' };
/** More clauses than a report ever names. */
const MOST_CLAUSES = 200;

/** The version that was read last; `conflict` if it has changed since. */
class Versioned {
  @ApiProperty() @IsInt({ message: 'common:error.changedMeanwhile' }) @Min(0, { message: 'common:error.changedMeanwhile' }) @Max(MOST, { message: 'common:error.changedMeanwhile' }) rowVersion: number;
}

export class OpenCampaignBody {
  @ApiProperty() @IsString() @MaxLength(300, { message: 'appraisal:error.title' }) title: string;
  @ApiProperty({ enum: TRIGGERS }) @IsIn(TRIGGERS, { message: 'appraisal:error.trigger' }) trigger: Trigger;
  @ApiProperty() @IsString() @MaxLength(2000, { message: 'appraisal:error.reason' }) reason: string;
  @ApiProperty({ format: 'date' }) @Matches(/^\d{4}-\d{2}-\d{2}$/, day) periodFrom: string;
  @ApiProperty({ format: 'date' }) @Matches(/^\d{4}-\d{2}-\d{2}$/, day) periodTo: string;
  @ApiProperty({ type: [String], format: 'uuid' }) @IsArray() @ArrayMaxSize(MAX_SCOPE * 2) @IsString({ each: true }) @MaxLength(36, { each: true }) policyIds: string[];
}

class IndicatorBody {
  @ApiProperty() @IsString() @MaxLength(31) key: string;
  @ApiProperty() @IsString() @MaxLength(100) name: string;
  @ApiProperty() @IsString() @MaxLength(400) question: string;
  @ApiProperty() @IsInt({ message: 'appraisal:error.weightRange' }) weight: number;
  @ApiProperty() @IsInt({ message: 'appraisal:error.scale' }) max: number;
  @ApiProperty({ enum: CAMPAIGN_SIDES, isArray: true }) @IsArray() @ArrayMaxSize(CAMPAIGN_SIDES.length) @IsIn(CAMPAIGN_SIDES, { each: true, message: 'appraisal:error.indicatorSides' }) sides: CampaignSide[];
}

/** What each side counts, in hundredths. */
class SideWeightsBody implements Record<CampaignSide, number> {
  @ApiProperty() @IsInt({ message: 'appraisal:error.sideRange' }) department: number;
  @ApiProperty() @IsInt({ message: 'appraisal:error.sideRange' }) authority: number;
  @ApiProperty() @IsInt({ message: 'appraisal:error.sideRange' }) enterprises: number;
  @ApiProperty() @IsInt({ message: 'appraisal:error.sideRange' }) public: number;
  @ApiProperty() @IsInt({ message: 'appraisal:error.sideRange' }) expert: number;
}

export class IndicatorsBody extends Versioned {
  @ApiProperty({ type: [IndicatorBody] }) @IsArray() @ArrayMaxSize(MAX_INDICATORS * 2) @ValidateNested({ each: true }) @Type(() => IndicatorBody) indicators: IndicatorBody[];
  @ApiProperty({ type: SideWeightsBody }) @ValidateNested() @Type(() => SideWeightsBody) sideWeights: SideWeightsBody;
}

export class AssessorBody {
  @ApiProperty({ enum: CAMPAIGN_SIDES }) @IsIn(CAMPAIGN_SIDES, { message: 'appraisal:error.side' }) side: CampaignSide;
  @ApiProperty({ format: 'uuid' }) @IsUUID(undefined, { message: 'appraisal:error.noPerson' }) accountId: string;
}

export class ScoringBody {
  @ApiProperty({ format: 'date' }) @Matches(/^\d{4}-\d{2}-\d{2}$/, day) closesOn: string;
}

export class CancellationBody {
  @ApiProperty() @IsString() @MaxLength(2000, long) cancelReason: string;
}

class MarkBody {
  @ApiProperty() @IsString() @MaxLength(31) key: string;
  @ApiPropertyOptional({ nullable: true, type: Number, description: 'Null for what the assessor does not know, which is not nought.' }) @IsOptional() @IsInt({ message: 'appraisal:error.markRange' }) score: number | null = null;
  @ApiProperty() @IsString() @MaxLength(1000, long) note: string;
}

/** The marks of one person on one policy; the row version is nought for a sheet that is begun. */
export class SheetBody extends Versioned {
  @ApiProperty({ description: 'Hands them in; then they stand.' }) @IsBoolean() submit: boolean;
  @ApiProperty({ type: [MarkBody] }) @IsArray() @ArrayMaxSize(MAX_INDICATORS * 2) @ValidateNested({ each: true }) @Type(() => MarkBody) marks: MarkBody[];
  @ApiProperty({ enum: BASES }) @IsIn(BASES, { message: 'appraisal:error.basis' }) basis: Basis;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(300, long) surveyTitle?: string;
  @ApiPropertyOptional() @IsOptional() @IsInt({ message: 'appraisal:error.surveyCount' }) surveyAsked?: number;
  @ApiPropertyOptional() @IsOptional() @IsInt({ message: 'appraisal:error.surveyCount' }) surveyAnswered?: number;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(4000, long) remark?: string;
}

class SectionsBody {
  @ApiProperty() @IsString() @MaxLength(8000, long) process: string;
  @ApiProperty() @IsString() @MaxLength(8000, long) practice: string;
  @ApiProperty() @IsString() @MaxLength(8000, long) problems: string;
  @ApiProperty() @IsString() @MaxLength(8000, long) advice: string;
}

class ClauseBody {
  @ApiProperty() @IsString() @MaxLength(200) clauseId: string;
  @ApiProperty({ enum: CONCLUSIONS }) @IsIn(CONCLUSIONS, { message: 'evaluation:error.conclusionNeeded' }) proposal: Conclusion;
  @ApiProperty() @IsString() @MaxLength(4000, long) reason: string;
}

export class CampaignReportBody extends Versioned {
  @ApiProperty({ description: 'Hands it in as a new edition; everything must then be there.' }) @IsBoolean() submit: boolean;
  @ApiProperty({ type: SectionsBody }) @ValidateNested() @Type(() => SectionsBody) sections: SectionsBody;
  @ApiPropertyOptional({ enum: CONCLUSIONS, nullable: true }) @IsOptional() @IsIn(CONCLUSIONS, { message: 'evaluation:error.conclusionNeeded' }) conclusion: Conclusion | null = null;
  @ApiProperty() @IsString() @MaxLength(4000, long) reason: string;
  @ApiPropertyOptional({ type: [ClauseBody] }) @IsOptional() @IsArray() @ArrayMaxSize(MOST_CLAUSES) @ValidateNested({ each: true }) @Type(() => ClauseBody) clauses: ClauseBody[] = [];
  @ApiPropertyOptional({ format: 'date', nullable: true }) @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/, day) nextReviewOn: string | null = null;
}

/** The edition that the person has read, which the signature goes under. */
export class SignatureBody {
  @ApiProperty() @IsInt({ message: 'common:error.changedMeanwhile' }) @Min(1, { message: 'common:error.changedMeanwhile' }) @Max(MOST, { message: 'common:error.changedMeanwhile' }) edition: number;
}

export class ReturnBody extends SignatureBody {
  @ApiProperty() @IsString() @MaxLength(2000, long) returnReason: string;
}
