import { DISPOSITIONS, OPINION_TABS, PERSONAL_CHOICES, type PersonalChoice, PUBLIC_STAGES, STANCES } from '@domains/consultation';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsArray, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { Transform } from 'class-transformer';
import { IsUploadedFile, type UploadedFile } from '../http';
import { ProofDto } from './intake.dto';

/** A date field of a page or of the API. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Code units, a generous multiple of what the use case counts in characters: it gives the better answer. */
const LONG = 20_000;

/** One file arrives by itself, several as a list. */
const asFiles = ({ value }: { value: unknown }): unknown => (value === undefined || Array.isArray(value) ? value : [value]);

/** One checked box arrives as a text, several as a list. */
export const asList = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? [value] : value);

export class ConsultationListDto {
  @IsOptional() @IsIn(PUBLIC_STAGES, { message: 'common:error.field' }) stage?: (typeof PUBLIC_STAGES)[number];
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class ConsultationPageDto {
  /** The clause that the form is about. */
  @IsOptional() @IsString() @MaxLength(200) clause?: string;
  @IsOptional() @IsString() @MaxLength(500) quote?: string;
  /** Shows the opinions on this clause alone. */
  @IsOptional() @IsString() @MaxLength(200) on?: string;
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class OpinionDto {
  @ApiProperty({ maxLength: 5000 }) @IsString({ message: 'consultation:error.empty' }) @MinLength(1, { message: 'consultation:error.empty' })
  @MaxLength(LONG, { message: 'consultation:error.longText' }) text: string;
  @ApiProperty({ enum: STANCES }) @IsIn(STANCES, { message: 'consultation:error.stance' }) stance: (typeof STANCES)[number];
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(200, { message: 'consultation:error.noClause' }) clauseId?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(2000, { message: 'consultation:error.noQuote' }) quote?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(400, { message: 'consultation:error.longText' }) name?: string;
  /** Needed where the text has personal data in it. */
  @ApiPropertyOptional({ enum: PERSONAL_CHOICES }) @IsOptional() @IsIn(PERSONAL_CHOICES, { message: 'intake:error.choice' }) personalData?: PersonalChoice;
  /** By a multipart form alone. */
  @ApiPropertyOptional({ type: 'array', items: { type: 'string', format: 'binary' } }) @Transform(asFiles) @IsOptional() @IsArray({ message: 'attachments:error.notFile' })
  @IsUploadedFile('attachments:error.notFile', true) files?: UploadedFile[];
}

/** As `OpinionDto`, from the form, which carries its key, its proof and its draft's version with it. */
export class OpinionFormDto extends IntersectionType(OpinionDto, ProofDto) {
  @IsOptional() @IsString() @MaxLength(100) _draft?: string;
  @IsUUID(undefined, { message: 'consultation:error.key' }) _key: string;
}

export class ReceiptLookupDto {
  @IsString({ message: 'consultation:error.noReceipt' }) @MaxLength(60, { message: 'consultation:error.noReceipt' }) code: string;
}

export class OpenDto {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(600, { message: 'consultation:error.longText' }) title?: string;
  @ApiProperty() @IsString({ message: 'consultation:error.empty' }) @MaxLength(LONG, { message: 'consultation:error.longText' }) purpose: string;
  @ApiProperty({ example: '2026-03-31' }) @Matches(DAY, { message: 'consultation:error.day' }) lastDay: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(LONG, { message: 'consultation:error.longText' }) shortenedReason?: string;
}

export class ExtendDto {
  @Matches(DAY, { message: 'consultation:error.day' }) lastDay: string;
  @IsString({ message: 'consultation:error.empty' }) @MaxLength(LONG, { message: 'consultation:error.longText' }) notice: string;
}

export class AnswerDto {
  @ApiProperty({ enum: DISPOSITIONS }) @IsIn(DISPOSITIONS, { message: 'consultation:error.disposition' }) disposition: (typeof DISPOSITIONS)[number];
  @ApiProperty({ maxLength: 5000 }) @IsString({ message: 'consultation:error.empty' }) @MaxLength(LONG, { message: 'consultation:error.longText' }) reason: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(300) adoptedIdentity?: string;
}

export class ModerateDto {
  @IsIn(['shown', 'hidden'], { message: 'common:error.field' }) moderation: 'shown' | 'hidden';
  @IsString({ message: 'consultation:error.empty' }) @MaxLength(LONG, { message: 'consultation:error.longText' }) moderationReason: string;
}

export class ApproveDto {
  @Transform(asList) @IsOptional() @IsUUID(undefined, { each: true, message: 'common:error.field' }) answerIds?: string[];
}

export class ResultDto {
  @IsString({ message: 'consultation:error.empty' }) @MaxLength(LONG, { message: 'consultation:error.longText' }) text: string;
}

export class DeskDto {
  @IsOptional() @IsIn(OPINION_TABS, { message: 'common:error.field' }) tab?: (typeof OPINION_TABS)[number];
  /** Which consultation of the policy; the newest unless given. */
  @IsOptional() @IsUUID(undefined, { message: 'common:error.field' }) of?: string;
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}
