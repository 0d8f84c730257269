import {
  ANSWERS, COORDINATION_OUTCOMES, type CoordinationAnswer, type CoordinationInput, type CoordinationOutcome, type Handling, HANDLINGS, type HandlingInput, type Level, LEVELS, type ReplyInput, type ReplyStance, STANCES,
} from '@domains/drafting';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

const LONG = { message: 'drafting:error.long' };
/** One field of a name arrives as a word, several as a list. */
const List = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === undefined ? [] : Array.isArray(value) ? value : [value]));

export class OpenCirculationDto {
  @IsString({ message: 'circulation:error.letter' }) @MaxLength(20_000, LONG) letter: string;
  @List() @IsArray() @ArrayMaxSize(200) @IsUUID(undefined, { each: true, message: 'circulation:error.departments' }) departmentIds: string[] = [];
  @Type(() => Number) @IsInt({ message: 'circulation:error.workingDays' }) @Min(1, { message: 'circulation:error.workingDays' }) @Max(60, { message: 'circulation:error.workingDays' }) workingDays: number;
}

/** Opinions are two lists of equal length; rows without words do not count. */
export class ReplyDto {
  @IsIn(STANCES, { message: 'circulation:error.stance' }) stance: ReplyStance;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) statement?: string;
  @List() @IsArray() @ArrayMaxSize(300) @IsString({ each: true }) @MaxLength(200, { each: true }) opinionClause: string[] = [];
  @List() @IsArray() @ArrayMaxSize(300) @IsString({ each: true }) @MaxLength(5_000, { each: true, ...LONG }) opinionText: string[] = [];
  @Type(() => Number) @IsInt() @Min(0) seen: number;
}

export const replyOf = ({ stance, statement, opinionClause, opinionText, seen }: ReplyDto): ReplyInput => ({
  stance, statement, seen, opinions: opinionText.map((text, at) => ({ identity: opinionClause[at] ?? '', text: text.trim() })).filter(({ text }) => text !== ''),
});

export class SignReplyDto {
  @Type(() => Number) @IsInt() @Min(1) seen: number;
}

export class HandleDto implements HandlingInput {
  @IsIn(HANDLINGS, { message: 'circulation:error.disposition' }) disposition: Handling;
  @IsOptional() @IsString() @MaxLength(5_000, LONG) reason = '';
  @IsOptional() @IsString() @MaxLength(200, LONG) changedIdentity?: string;
}

export class CoordinationDto implements CoordinationInput {
  @IsIn(LEVELS, { message: 'circulation:error.level' }) level: Level;
  @IsISO8601({ strict: true }, { message: 'drafting:error.date' }) @MaxLength(10, { message: 'drafting:error.date' }) heldOn: string;
  @IsOptional() @IsString() @MaxLength(2_000, LONG) participants = '';
  @IsIn(COORDINATION_OUTCOMES, { message: 'circulation:error.outcome' }) outcome: CoordinationOutcome;
  @IsOptional() @IsString() @MaxLength(20_000, LONG) minutes = '';
}

export class AnswerCoordinationDto {
  @IsIn(ANSWERS, { message: 'circulation:error.answer' }) answer: CoordinationAnswer;
}
