import { QUESTION_KINDS, type QuestionKind } from '@core/questionnaire';
import { STANCES } from '@domains/consultation';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { asList } from '../consultation/consultation.dto';

const FIELD = { message: 'common:error.field' };
/** Code units, a generous multiple of what is counted in characters later: that gives the better answer. */
const LONG = { message: 'consultation:error.longText' };
const NUMBER = { message: 'questionnaire:error.number' };
/** An empty field was not filled in. */
const Empty = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
const EmptyNumber = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : Number(value)));
const ID = /^[sq]\d{1,4}$/;

export class NewQuestionnaireDto {
  @IsString({ message: 'consultation:error.empty' }) @MaxLength(1000, LONG) title: string;
}

/** The version that the person had before them. */
export class SeenDto {
  @Type(() => Number) @IsInt(FIELD) @Min(1, FIELD) @Max(2_000_000_000, FIELD) seen: number;
}

export class SettingsDto extends SeenDto {
  @IsString({ message: 'consultation:error.empty' }) @MaxLength(1000, LONG) title: string;
  @IsOptional() @IsString(FIELD) @MaxLength(10_000, LONG) intro?: string;
  @Empty() @IsOptional() @Matches(ID, FIELD) stanceQuestion?: string;
  /** One for each choice of that question, in their order. */
  @Transform(asList) @IsOptional() @IsIn(STANCES, { each: true, ...FIELD }) stances?: (typeof STANCES)[number][];
}

export const CHANGES = ['up', 'down', 'delete', 'addQuestion', 'addSection'] as const;

export class ChangeDto extends SeenDto {
  @IsIn(CHANGES, FIELD) act: (typeof CHANGES)[number];
  /** The question or section; where something is added, the section it goes to. */
  @IsOptional() @Matches(ID, FIELD) id?: string;
  @IsOptional() @IsIn(QUESTION_KINDS, { message: 'questionnaire:error.kind' }) kind?: QuestionKind;
  @IsOptional() @IsString(FIELD) @MaxLength(1000, LONG) title?: string;
}

/** A section or a question, as the form of its kind sends it. */
export class ItemDto extends SeenDto {
  @IsOptional() @IsString(FIELD) @MaxLength(1000, LONG) title?: string;
  @IsOptional() @IsString(FIELD) @MaxLength(3000, LONG) text?: string;
  @IsOptional() @IsString(FIELD) @MaxLength(3000, LONG) help?: string;
  @Transform(({ value }: { value: unknown }) => value === 'on') @IsOptional() @IsBoolean() required?: boolean;
  @IsOptional() @IsString(FIELD) @MaxLength(10_000, LONG) choices?: string;
  @IsOptional() @IsString(FIELD) @MaxLength(10_000, LONG) rows?: string;
  @IsOptional() @IsString(FIELD) @MaxLength(10_000, LONG) columns?: string;
  @IsOptional() @IsString(FIELD) @MaxLength(1000, LONG) other?: string;
  @EmptyNumber() @IsOptional() @IsInt(NUMBER) @Min(0, NUMBER) @Max(9999, NUMBER) min?: number;
  @EmptyNumber() @IsOptional() @IsInt(NUMBER) @Min(0, NUMBER) @Max(9999, NUMBER) max?: number;
  @EmptyNumber() @IsOptional() @IsInt(NUMBER) @Min(0, NUMBER) @Max(10, NUMBER) from?: number;
  @EmptyNumber() @IsOptional() @IsInt(NUMBER) @Min(0, NUMBER) @Max(10, NUMBER) to?: number;
  @IsOptional() @IsString(FIELD) @MaxLength(1000, LONG) low?: string;
  @IsOptional() @IsString(FIELD) @MaxLength(1000, LONG) high?: string;
  @IsOptional() @IsIn(['any', 'none'], FIELD) is?: 'any' | 'none';
  @Transform(asList) @IsOptional() @IsString({ each: true, ...FIELD }) @MaxLength(20, { each: true, ...FIELD }) values?: string[];
}
