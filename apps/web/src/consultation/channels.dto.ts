import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** Code units, a generous multiple of what the use case counts in characters: it gives the better answer. */
const LONG = 20_000;
const SHORT = 1_000;

/** An opinion as an officer types it in; what may stand in each field the use case tells, all at once. */
export class RegisterDto {
  @IsUUID(undefined, { message: 'consultation:error.key' }) _key: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'channels:error.channel' }) channel?: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'consultation:error.day' }) arrivedOn?: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'channels:error.authorKind' }) authorKind?: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'consultation:error.longText' }) authorName?: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'consultation:error.noClause' }) clauseId?: string;
  @IsOptional() @IsString() @MaxLength(2_000, { message: 'consultation:error.noQuote' }) quote?: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'consultation:error.stance' }) stance?: string;
  @IsOptional() @IsString() @MaxLength(LONG, { message: 'consultation:error.longText' }) text?: string;
  @IsOptional() @IsString() @MaxLength(SHORT, { message: 'consultation:error.longText' }) reference?: string;
  @IsOptional() @IsString() @MaxLength(2_000, { message: 'channels:error.messageId' }) messageId?: string;
}
