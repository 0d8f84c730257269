import { chinaInstant, DomainError, type Fen } from '@platform/kernel';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

const YUAN = /^\d{1,12}(\.\d{1,2})?$/;
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
/** A field that occurs once in a form arrives alone; several make a list. */
const asList = () => Transform(({ value }: { value: unknown }) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]));
const asNumber = () => Transform(({ value }: { value: unknown }) => (value === '' || value === undefined ? undefined : Number(value)));

/** `12.5` yuan → 1250 fen, without rounding. */
export function fenOf(yuan: string): Fen {
  const [whole = '0', fraction = ''] = yuan.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** What a `datetime-local` field holds, in Asia/Shanghai. */
export function instantOf(local: string, field: string): Date {
  const [date = '', time = ''] = local.split('T');
  try {
    return chinaInstant(date, `${time}:00`);
  } catch {
    throw DomainError.invalid('common:error.validation', [{ field, key: 'funding:error.time' }]);
  }
}

export class CallListDto {
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class ApplyDto {
  @IsString() @MaxLength(200, { message: 'funding:error.titleLong' }) title: string;
  @IsString() @MaxLength(5000, { message: 'funding:error.summaryLong' }) summary: string;
  /** May be empty while it is only saved. */
  @Matches(/^(\d{1,12}(\.\d{1,2})?)?$/, { message: 'funding:error.amountFormat' }) amountYuan: string;
  @IsIn(['save', 'submit']) action: 'save' | 'submit';
}

export class RerouteAnswerDto {
  @IsIn(['accept', 'decline']) answer: 'accept' | 'decline';
}

export class ObjectionDto {
  @IsOptional() @Matches(/^([0-9a-f-]{36})?$/) decisionId?: string;
  @IsString() @MaxLength(4000, { message: 'funding:error.objectionText' }) text: string;
}

export class ProgrammeDto {
  @Length(1, 200, { message: 'funding:error.titleMissing' }) title: string;
  @Length(1, 200, { message: 'funding:error.noSuchClause' }) clauseIdentity: string;
}

export class CallDto {
  @Length(1, 200, { message: 'funding:error.titleMissing' }) title: string;
  @IsString() @MaxLength(4000) guide: string;
  @Matches(YUAN, { message: 'funding:error.amountFormat' }) budgetYuan: string;
  @Matches(YUAN, { message: 'funding:error.amountFormat' }) perAwardMaxYuan: string;
  @Matches(LOCAL, { message: 'funding:error.time' }) opensAt: string;
  @Matches(LOCAL, { message: 'funding:error.time' }) closesAt: string;
  @IsISO8601({ strict: true }, { message: 'funding:error.time' }) answerBy: string;
  @IsString() @MaxLength(4000) conditions: string;
  @IsString() @MaxLength(2000) criteria: string;
  @IsOptional() @IsString() @MaxLength(100) expertField?: string;
  @asNumber() @IsInt({ message: 'funding:error.expertsNeeded' }) @Min(3, { message: 'funding:error.expertsNeeded' }) @Max(15, { message: 'funding:error.expertsNeeded' }) expertsNeeded: number;
  @asNumber() @IsInt({ message: 'funding:error.threshold' }) @Min(1, { message: 'funding:error.threshold' }) @Max(100, { message: 'funding:error.threshold' }) divergenceThreshold: number;
  @asNumber() @IsInt({ message: 'funding:error.noticeDays' }) @Min(1, { message: 'funding:error.noticeDays' }) @Max(60, { message: 'funding:error.noticeDays' }) noticeWorkingDays: number;
}

export class CheckDto {
  @IsIn(['accepted', 'correction', 'rejected'], { message: 'funding:error.outcome' }) outcome: 'accepted' | 'correction' | 'rejected';
  @IsString() @MaxLength(4000) findings: string;
  /** One a condition, in the order of the call; empty where nothing is confirmed. */
  @IsOptional() @Transform(({ value }: { value: unknown }) => (value === undefined ? [] : Array.isArray(value) ? value : [value]))
  @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) evidence?: string[];
}

export class RerouteOfferDto {
  @IsUUID(undefined, { message: 'funding:error.targetNotOpen' }) targetCallId: string;
  @IsString() @MaxLength(1000) reason: string;
}

export class CommitDrawDto {
  @IsString() @MaxLength(200) seedSource: string;
  @Matches(LOCAL, { message: 'funding:error.time' }) seedAvailableAt: string;
  @IsOptional() @asList() @IsArray() @IsUUID(undefined, { each: true }) recusedExpert?: string[];
  @IsOptional() @IsString() @MaxLength(500) recusalReason?: string;
}

export class SeedDto {
  @Length(1, 500, { message: 'funding:error.seedFormat' }) seed: string;
}

export class NextExpertDto {
  @IsUUID() applicationId: string;
}

export class EndCallDto {
  @MinLength(1, { message: 'funding:error.reasonMissing' }) @MaxLength(500) reason: string;
}

export class DecideDto {
  @asList() @IsArray() @IsUUID(undefined, { each: true }) applicationId: string[];
  @asList() @IsArray() @Matches(YUAN, { each: true, message: 'funding:error.amountFormat' }) amountYuan: string[];
  @asList() @IsArray() @MaxLength(1000, { each: true }) reason: string[];
}

export class ResolveObjectionDto {
  @IsIn(['yes', 'no'], { message: 'funding:error.outcome' }) upheld: 'yes' | 'no';
  @IsString() @MaxLength(4000) answer: string;
}

export class PayDto {
  @IsUUID() awardId: string;
  @asNumber() @IsInt() @Min(1) @Max(100) instalment: number;
  @Matches(YUAN, { message: 'funding:error.amountFormat' }) amountYuan: string;
  @Length(1, 100, { message: 'funding:error.voucher' }) voucher: string;
}

export class DeclarationDto {
  @IsIn(['yes', 'no'], { message: 'funding:error.outcome' }) conflict: 'yes' | 'no';
  @IsOptional() @IsString() @MaxLength(1000) reason?: string;
}

export class ScoreDto {
  /** In the order of the criteria. */
  @asList() @IsArray() @ArrayMaxSize(10) @Matches(/^\d{1,3}$/, { each: true, message: 'funding:error.scores' }) score: string[];
  @IsString() @MaxLength(4000) comment: string;
}
