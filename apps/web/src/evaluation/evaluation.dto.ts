import { type Conclusion, CONCLUSIONS } from '@domains/evaluation';
import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;
const Rating = (): PropertyDecorator => (target, name) => {
  ValidateIf(filled)(target, name as string);
  Matches(/^(100|\d{1,2})$/, { message: 'evaluation:error.ratingRange' })(target, name as string);
};
const Text = (): PropertyDecorator => (target, name) => {
  IsOptional()(target, name as string);
  IsString()(target, name as string);
  MaxLength(8000, { message: 'evaluation:error.tooLong' })(target, name as string);
};

export class OpenReportDto {
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'evaluation:error.dayNeeded' }) periodFrom: string;
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'evaluation:error.dayNeeded' }) periodTo: string;
}

export class SaveReportDto {
  @Matches(/^\d{1,9}$/, { message: 'common:error.changedMeanwhile' }) rowVersion: string;
  @IsIn(['save', 'submit'], { message: 'common:error.validation' }) action: 'save' | 'submit';
  @Rating() departmentRating?: string;
  @Text() departmentEvidence?: string;
  @Rating() authorityRating?: string;
  @Text() authorityEvidence?: string;
  @Rating() enterprisesRating?: string;
  @Text() enterprisesEvidence?: string;
  @Text() summary?: string;
  @ValidateIf(filled) @IsIn(CONCLUSIONS, { message: 'evaluation:error.conclusionNeeded' }) conclusion?: Conclusion | '';
  @Text() reason?: string;
  @ValidateIf(filled) @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'evaluation:error.dayNeeded' }) nextReviewOn?: string;
}

export class ReturnReportDto {
  @IsString() @MaxLength(2000, { message: 'evaluation:error.tooLong' }) returnReason: string;
}

export class ReportListDto {
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}
