import { ALLOCATIONS, type Allocation } from '@domains/evaluation';
import { PROFILE_FIELDS, type ProfileField } from '@core/policy';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { asList } from '../consultation/consultation.dto';

const NUMBER = /^\d{1,6}$/;
const VERSION = { message: 'common:error.changedMeanwhile' };
const listOf = ({ value }: { value: unknown }): unknown => (value === undefined || value === '' ? [] : asList({ value }));

export class NewSurveyDto {
  @IsString() @MaxLength(1000, { message: 'survey:error.title' }) title: string;
}

export class SurveyDesignDto {
  @Matches(/^\d{1,9}$/, VERSION) rowVersion: string;
  @IsString() @MaxLength(30, { message: 'survey:error.frame' }) frame: string;
  @Transform(listOf) @IsArray() @ArrayMaxSize(8) @IsIn(PROFILE_FIELDS, { each: true, message: 'survey:error.strataBy' }) strataBy: ProfileField[] = [];
  @IsIn(ALLOCATIONS, { message: 'survey:error.allocation' }) allocation: Allocation;
  @Matches(NUMBER, { message: 'survey:error.size' }) size: string;
  @Matches(NUMBER, { message: 'survey:error.number' }) minimum: string;
  @Matches(NUMBER, { message: 'survey:error.number' }) minCell: string;
  /** Questions of a scale, and beside each the indicator that it feeds; empty for none. */
  @Transform(listOf) @IsArray() @ArrayMaxSize(40) @Matches(/^q\d{1,4}$/, { each: true, message: 'survey:error.mapping' }) question: string[] = [];
  @Transform(({ value }: { value: unknown }) => (value === undefined ? [] : Array.isArray(value) ? value : [value])) @IsArray() @ArrayMaxSize(40) @IsString({ each: true }) @MaxLength(31, { each: true, message: 'survey:error.mapping' })
  indicator: string[] = [];
}

export class DrawDto {
  @Matches(/^\d{1,9}$/, VERSION) rowVersion: string;
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'evaluation:error.dayNeeded' }) closesOn: string;
}
