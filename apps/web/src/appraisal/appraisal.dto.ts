import { BASES, type Basis, CAMPAIGN_SIDES, type CampaignSide, type Conclusion, CONCLUSIONS, MAX_SCOPE, type Trigger, TRIGGERS } from '@domains/evaluation';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';

/** A field that occurs once in a form arrives alone; several make a list. An empty one keeps its place. */
const Several = (most: number, length: number): PropertyDecorator => (target, name) => {
  Transform(({ value }: { value: unknown }) => (value === undefined ? [] : Array.isArray(value) ? value : [value]))(target, name as string);
  IsArray()(target, name as string);
  ArrayMaxSize(most)(target, name as string);
  IsString({ each: true })(target, name as string);
  MaxLength(length, { each: true, message: 'evaluation:error.tooLong' })(target, name as string);
};
const Text = (length: number): PropertyDecorator => (target, name) => {
  IsOptional()(target, name as string);
  IsString()(target, name as string);
  MaxLength(length, { message: 'evaluation:error.tooLong' })(target, name as string);
};
const ROW_VERSION = /^\d{1,9}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;
/** More rows than a form ever shows. */
const ROWS = 40;

export class CampaignListDto {
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class NewCampaignDto {
  @IsOptional() @IsString() @MaxLength(36) policy?: string;
  @IsOptional() @IsString() @MaxLength(10) trigger?: string;
}

export class OpenCampaignDto {
  @IsString() @MaxLength(300, { message: 'appraisal:error.title' }) title: string;
  @IsIn(TRIGGERS, { message: 'appraisal:error.trigger' }) trigger: Trigger;
  @IsString() @MaxLength(2000, { message: 'appraisal:error.reason' }) reason: string;
  @Matches(DAY, { message: 'evaluation:error.dayNeeded' }) periodFrom: string;
  @Matches(DAY, { message: 'evaluation:error.dayNeeded' }) periodTo: string;
  @Several(MAX_SCOPE * 2, 36) policyIds: string[] = [];
}

export class IndicatorsDto {
  @Matches(ROW_VERSION, { message: 'common:error.changedMeanwhile' }) rowVersion: string;
  @Several(ROWS, 31) key: string[] = [];
  @Several(ROWS, 100) name: string[] = [];
  @Several(ROWS, 400) question: string[] = [];
  @Several(ROWS, 6) weight: string[] = [];
  @Several(ROWS, 4) max: string[] = [];
  /** `<row>:<side>` for each box that is ticked. */
  @Several(ROWS * 5, 20) sides: string[] = [];
  @IsOptional() @Matches(/^\d{0,3}$/, { message: 'appraisal:error.sideRange' }) side_department?: string;
  @IsOptional() @Matches(/^\d{0,3}$/, { message: 'appraisal:error.sideRange' }) side_authority?: string;
  @IsOptional() @Matches(/^\d{0,3}$/, { message: 'appraisal:error.sideRange' }) side_enterprises?: string;
  @IsOptional() @Matches(/^\d{0,3}$/, { message: 'appraisal:error.sideRange' }) side_public?: string;
  @IsOptional() @Matches(/^\d{0,3}$/, { message: 'appraisal:error.sideRange' }) side_expert?: string;
}

export class AssessorSearchDto {
  @IsOptional() @IsString() @MaxLength(50) q?: string;
}

export class AssignAssessorDto {
  @IsIn(CAMPAIGN_SIDES, { message: 'appraisal:error.side' }) side: CampaignSide;
  @IsUUID(undefined, { message: 'appraisal:error.noPerson' }) accountId: string;
}

export class StartDto {
  @Matches(DAY, { message: 'evaluation:error.dayNeeded' }) closesOn: string;
}

export class CancelDto {
  @IsString() @MaxLength(2000, { message: 'evaluation:error.tooLong' }) cancelReason: string;
}

export class SheetDto {
  @Matches(ROW_VERSION, { message: 'common:error.changedMeanwhile' }) rowVersion: string;
  @IsIn(['save', 'submit'], { message: 'common:error.validation' }) action: 'save' | 'submit';
  @Several(ROWS, 31) key: string[] = [];
  @Several(ROWS, 10) score: string[] = [];
  @Several(ROWS, 1000) note: string[] = [];
  @IsIn(BASES, { message: 'appraisal:error.basis' }) basis: Basis;
  @Text(300) surveyTitle?: string;
  @IsOptional() @Matches(/^\d{0,9}$/, { message: 'appraisal:error.surveyCount' }) surveyAsked?: string;
  @IsOptional() @Matches(/^\d{0,9}$/, { message: 'appraisal:error.surveyCount' }) surveyAnswered?: string;
  @Text(4000) remark?: string;
}

export class CampaignReportDto {
  @Matches(ROW_VERSION, { message: 'common:error.changedMeanwhile' }) rowVersion: string;
  @IsIn(['save', 'submit'], { message: 'common:error.validation' }) action: 'save' | 'submit';
  @Text(8000) process?: string;
  @Text(8000) practice?: string;
  @Text(8000) problems?: string;
  @Text(8000) advice?: string;
  @ValidateIf(filled) @IsIn(CONCLUSIONS, { message: 'evaluation:error.conclusionNeeded' }) conclusion?: Conclusion | '';
  @Text(4000) reason?: string;
  @ValidateIf(filled) @Matches(DAY, { message: 'evaluation:error.dayNeeded' }) nextReviewOn?: string;
  @Several(ROWS, 200) clause: string[] = [];
  @Several(ROWS, 10) proposal: string[] = [];
  @Several(ROWS, 4000) clauseReason: string[] = [];
}

export class PublishEditionDto {
  @Matches(ROW_VERSION, { message: 'common:error.changedMeanwhile' }) edition: string;
}

export class ReturnEditionDto extends PublishEditionDto {
  @IsString() @MaxLength(2000, { message: 'evaluation:error.tooLong' }) returnReason: string;
}
