import { EVENT_KINDS, type EventKind, type SignUp, STANCES } from '@domains/consultation';
import { chinaInstant } from '@platform/kernel';
import { IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { asList } from './consultation.dto';
import { ProofDto } from './intake.dto';

const LONG = 60_000;
const SHORT = 2_000;
const TOO_LONG = { message: 'consultation:error.longText' };

/** What a `datetime-local` field holds, in Asia/Shanghai; null for what is no time. */
export function localInstant(local: string): Date | null {
  const [date = '', time = ''] = local.split('T');
  try {
    return chinaInstant(date, time.length === 5 ? `${time}:00` : time);
  } catch {
    return null;
  }
}

export class EventKindDto {
  @IsOptional() @IsIn(EVENT_KINDS, { message: 'common:error.field' }) kind?: EventKind;
}

export class EventDto {
  @IsUUID(undefined, { message: 'consultation:error.key' }) _key: string;
  @IsIn(EVENT_KINDS, { message: 'common:error.field' }) kind: EventKind;
  @IsString() @MaxLength(SHORT, TOO_LONG) title: string;
  @IsString() @MaxLength(SHORT, TOO_LONG) place: string;
  @IsString() @MaxLength(SHORT, { message: 'channels:error.eventTime' }) startsAt: string;
  @IsString() @MaxLength(LONG, TOO_LONG) agenda: string;
  @IsString() @MaxLength(SHORT, TOO_LONG) moderator: string;
  @IsString() @MaxLength(SHORT, TOO_LONG) clerk: string;
  @IsOptional() @Matches(/^\d{0,6}$/, { message: 'channels:error.seats' }) seats?: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'channels:error.signUpUntil' }) signUpUntil?: string;
  @IsOptional() @IsString() @MaxLength(LONG, TOO_LONG) selectionRule?: string;
}

/** Who takes part; the same for those who sign up and those who are invited. */
export class ParticipantDto implements Omit<Parameters<SignUp['run']>[2], 'idempotencyKey'> {
  @IsUUID(undefined, { message: 'consultation:error.key' }) _key: string;
  @IsIn(['enterprise', 'resident'], { message: 'channels:error.participantKind' }) kind: string;
  @IsString() @MaxLength(SHORT, TOO_LONG) name: string;
  @IsString() @MaxLength(SHORT, TOO_LONG) contact: string;
  @IsOptional() @IsString() @MaxLength(SHORT, TOO_LONG) represents?: string;
  @IsIn(STANCES, { message: 'channels:error.standpoint' }) standpoint: string;
  @IsString() @MaxLength(LONG, TOO_LONG) reason: string;
}

/** As `ParticipantDto`, from the public form. */
export class SignUpDto extends IntersectionType(ParticipantDto, ProofDto) {}

/** A table of people with one answer for each: three lists that belong together, row by row. */
export class SelectionDto {
  @Transform(asList) @IsArray() @IsString({ each: true }) @MaxLength(SHORT, { each: true }) participant: string[];
  @Transform(asList) @IsArray() @IsIn(['', 'selected', 'declined'], { each: true, message: 'common:error.field' }) choice: string[];
  @Transform(asList) @IsArray() @IsString({ each: true }) @MaxLength(SHORT, { each: true, ...TOO_LONG }) reason: string[];
}

export class DeliveryDto {
  @Transform(asList) @IsOptional() @IsUUID(undefined, { each: true, message: 'common:error.field' }) participantIds?: string[];
  @IsString() @MaxLength(SHORT, { message: 'channels:error.deliveredOn' }) deliveredOn: string;
  @IsString() @MaxLength(SHORT, TOO_LONG) how: string;
}

export class PostponeDto {
  @IsString() @MaxLength(SHORT, { message: 'channels:error.eventTime' }) startsAt: string;
  @IsString() @MaxLength(SHORT, TOO_LONG) changedReason: string;
}

export class CancelDto {
  @IsString() @MaxLength(SHORT, TOO_LONG) cancelReason: string;
}

export class StatementDto {
  @IsUUID(undefined, { message: 'consultation:error.key' }) _key: string;
  @IsUUID(undefined, { message: 'channels:error.participant' }) participantId: string;
  @IsIn(STANCES, { message: 'consultation:error.stance' }) stance: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'consultation:error.noClause' }) clauseId?: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'consultation:error.noQuote' }) quote?: string;
  @IsString() @MaxLength(LONG, TOO_LONG) text: string;
}

export class MinutesDto {
  @IsString() @MaxLength(LONG * 2, TOO_LONG) proceedings: string;
  @Transform(asList) @IsArray() @IsString({ each: true }) @MaxLength(SHORT, { each: true }) participant: string[];
  @Transform(asList) @IsArray() @IsIn(['', 'signed', 'refused', 'absent'], { each: true, message: 'channels:error.signAll' }) signature: string[];
  @Transform(asList) @IsArray() @IsString({ each: true }) @MaxLength(SHORT, { each: true, ...TOO_LONG }) note: string[];
}
