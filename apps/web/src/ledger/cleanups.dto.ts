import { POLICY_KINDS, type PolicyKind } from '@core/policy';
import { CLEANUP_TRIGGERS, type CleanupTrigger, ITEM_FILTERS, type ItemFilter, type Proposal, PROPOSALS, PUBLIC_LISTS, type PublicList, WORDS_MAX } from '@domains/ledger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EmptyIsNull } from '../drafting/drafting.dto';
import { IsUploadedFile, type UploadedFile } from '../http';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const badDay = { message: 'cleanup:error.badDay' };
const tooLong = { message: 'ledger:error.tooLong' };
/** A form sends one ticked box as a word and several as a list. */
const AsList = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === undefined || value === '' ? [] : [value].flat()));
const TEXT_MAX = 4000;
const VERSION_MAX = 2_000_000_000;

export class CleanupListDto {
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

export class OpenCleanupDto {
  @IsString() @MaxLength(100, { message: 'cleanup:error.titleNeeded' }) title: string;
  @IsIn(CLEANUP_TRIGGERS, { message: 'cleanup:error.triggerNeeded' }) trigger: CleanupTrigger;
  @IsString() @MaxLength(TEXT_MAX, tooLong) reason: string;
  @IsOptional() @AsList() @IsArray() @ArrayMaxSize(200) @IsUUID(undefined, { each: true, message: 'cleanup:error.noDepartment' }) departmentIds?: string[];
  @IsOptional() @AsList() @IsArray() @ArrayMaxSize(10) @IsIn(POLICY_KINDS, { each: true, message: 'cleanup:error.noKind' }) kinds?: PolicyKind[];
  @EmptyIsNull() @IsOptional() @Matches(DAY, badDay) publishedFrom?: string | null;
  @EmptyIsNull() @IsOptional() @Matches(DAY, badDay) publishedTo?: string | null;
  @IsOptional() @IsString() @MaxLength(WORDS_MAX, { message: 'cleanup:error.wordsLong' }) words?: string;
  @Matches(DAY, badDay) proposeBy: string;
  @Matches(DAY, badDay) checkBy: string;
  @IsString() @MaxLength(100) _key: string;
}

export class SheetDto {
  @IsOptional() @IsString() @MaxLength(100) words?: string;
  @EmptyIsNull() @IsOptional() @IsIn(ITEM_FILTERS, { message: 'common:error.badRequest' }) show?: ItemFilter | null;
  @EmptyIsNull() @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(VERSION_MAX) after?: number | null;
}

class VersionDto {
  @Type(() => Number) @IsInt() @Min(1) @Max(VERSION_MAX) rowVersion: number;
}

export class ProposeCleanupDto extends VersionDto {
  @IsIn(PROPOSALS, { message: 'cleanup:error.proposalNeeded' }) proposal: Proposal;
  @IsString() @MaxLength(TEXT_MAX, tooLong) reason: string;
  @IsOptional() @IsString() @MaxLength(TEXT_MAX, tooLong) amendWhat?: string;
  @EmptyIsNull() @IsOptional() @Matches(DAY, badDay) amendBy?: string | null;
  @EmptyIsNull() @IsOptional() @Matches(DAY, badDay) effectOn?: string | null;
  /** The number of the document that takes its place. */
  @IsOptional() @IsString() @MaxLength(100) replacedBy?: string;
}

export class KeepDto {
  @IsOptional() @IsString() @MaxLength(100) words?: string;
  @IsString() @MaxLength(TEXT_MAX, tooLong) keepReason: string;
  @Matches(/^[0-9a-f]{64}$/, { message: 'common:error.badRequest' }) seen: string;
}

export class ImportCleanupDto {
  @IsOptional() @IsUploadedFile('channels:error.fileMissing') file?: UploadedFile;
}

export class SignDto extends VersionDto {}

export class SendBackDto {
  @IsString() @MaxLength(TEXT_MAX, tooLong) returnNote: string;
}

export class RemarkDto {
  @IsString() @MaxLength(TEXT_MAX, tooLong) remark: string;
}

export class AnswerDto {
  @IsIn(['agree', 'object'], { message: 'cleanup:error.answerNeeded' }) answer: 'agree' | 'object';
  @IsOptional() @IsString() @MaxLength(TEXT_MAX, tooLong) answerReason?: string;
}

export class DecideCleanupDto extends VersionDto {
  @IsString() @MaxLength(60, { message: 'cleanup:error.numberNeeded' }) number: string;
  @IsString() @MaxLength(8000, tooLong) text: string;
}

export class CancelCleanupDto {
  @IsString() @MaxLength(TEXT_MAX, tooLong) cancelReason: string;
}

export class AddDocumentDto {
  @IsUUID(undefined, { message: 'cleanup:error.notInForce' }) policyId: string;
}

export class PublicCleanupDto {
  @EmptyIsNull() @IsOptional() @IsIn(PUBLIC_LISTS, { message: 'common:error.badRequest' }) list?: PublicList | null;
  @EmptyIsNull() @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(VERSION_MAX) after?: number | null;
}
