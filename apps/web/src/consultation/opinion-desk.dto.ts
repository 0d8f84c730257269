import { APPEAL_DECISIONS, type AppealDecision, AUTHOR_KINDS, type AuthorKind, CHANNELS, OPINION_STATES, type OpinionFilter, type OpinionState, type PublicFilter, type Stance, STANCES, type Unread, UNREAD } from '@domains/consultation';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsHash, IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';
import { AnswerDto, asList } from './consultation.dto';

const FIELD = { message: 'common:error.field' };
const LONG = 20_000;

/** A field of a search form that was left empty does not narrow. */
const Blank = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

/** The filter stands in the address of the page, and in the forms of bulk work. */
export class OpinionFilterDto implements OpinionFilter {
  @Blank() @IsOptional() @IsString(FIELD) @MaxLength(100, FIELD) q?: string;
  @Blank() @IsOptional() @IsString(FIELD) @MaxLength(200, FIELD) clause?: string;
  @Blank() @IsOptional() @IsIn(STANCES, FIELD) stance?: Stance;
  @Blank() @IsOptional() @IsIn(AUTHOR_KINDS, FIELD) kind?: AuthorKind;
  @Blank() @IsOptional() @IsIn(CHANNELS, FIELD) channel?: string;
  @Blank() @IsOptional() @IsIn(OPINION_STATES, FIELD) state?: OpinionState;
  /** An account, or `none`. */
  @Blank() @IsOptional() @ValidateIf((dto: OpinionFilterDto) => dto.officer !== 'none') @IsUUID(undefined, FIELD) officer?: string;
  @Blank() @IsOptional() @IsIn(UNREAD, FIELD) unread?: Unread;
  @Blank() @IsOptional() @IsUUID(undefined, FIELD) cluster?: string;
}

/** What a visitor may search by. */
export class PublicFilterDto implements PublicFilter {
  @Blank() @IsOptional() @IsString(FIELD) @MaxLength(100, FIELD) q?: string;
  @Blank() @IsOptional() @IsString(FIELD) @MaxLength(200, FIELD) clause?: string;
  @Blank() @IsOptional() @IsIn(STANCES, FIELD) stance?: Stance;
  @Blank() @IsOptional() @IsIn(AUTHOR_KINDS, FIELD) kind?: AuthorKind;
  @Blank() @IsOptional() @IsIn(CHANNELS, FIELD) channel?: string;
  @Blank() @IsOptional() @IsString(FIELD) @MaxLength(100, FIELD) after?: string;
}

export class OpinionListDto extends OpinionFilterDto {
  @Blank() @IsOptional() @IsString(FIELD) @MaxLength(100, FIELD) after?: string;
}

export class MarkReadDto {
  @Transform(asList) @IsUUID(undefined, { each: true, ...FIELD }) opinionIds: string[];
  /** Where the list was, to come back to. */
  @IsOptional() @IsString(FIELD) @MaxLength(1000, FIELD) back?: string;
}

export class AssignDto {
  @ApiProperty() @IsUUID(undefined, { message: 'opinion-desk:error.officer' }) accountId: string;
}

/** Bulk work carries its filter in the address and the key of what was previewed. */
export class AnswerSelectionDto extends AnswerDto {
  @IsHash('sha256', FIELD) key: string;
}

export class ApproveSelectionDto {
  @IsHash('sha256', FIELD) key: string;
}

export class HideSelectionDto {
  @IsHash('sha256', FIELD) key: string;
  @IsString({ message: 'consultation:error.empty' }) @MaxLength(LONG, { message: 'consultation:error.longText' }) reason: string;
}

export class AssignSelectionDto extends AssignDto {
  @IsHash('sha256', FIELD) key: string;
}

export class AppealDto {
  @ApiProperty({ maxLength: 2000 }) @IsString({ message: 'consultation:error.empty' }) @MaxLength(LONG, { message: 'consultation:error.longText' }) reasons: string;
}

export class DecideAppealDto {
  @IsIn(APPEAL_DECISIONS, { message: 'opinion-desk:error.decision' }) decision: AppealDecision;
  @IsString({ message: 'consultation:error.empty' }) @MaxLength(LONG, { message: 'consultation:error.longText' }) reason: string;
}

export class ModerationDto {
  @Blank() @IsOptional() @IsString(FIELD) @MaxLength(100, FIELD) after?: string;
}
