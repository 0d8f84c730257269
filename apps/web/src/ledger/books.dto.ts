import { POLICY_KINDS, type PolicyKind } from '@core/policy';
import { BOOK_CHAPTERS, BOOK_FORMATS, type BookChapters, type BookFormat } from '@domains/ledger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { EmptyIsNull } from '../drafting/drafting.dto';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A form sends one ticked box as a word and several as a list. */
const AsList = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === undefined || value === '' ? [] : [value].flat()));

/** What a book holds; the same fields show what it would hold and ask for it. */
export class BookDto {
  @IsOptional() @IsString() @MaxLength(100, { message: 'book:error.titleLong' }) title?: string;
  @IsOptional() @IsString() @MaxLength(100, { message: 'book:error.issuerLong' }) issuer?: string;
  @EmptyIsNull() @IsOptional() @Matches(DAY, { message: 'book:error.badDay' }) on?: string | null;
  @IsOptional() @AsList() @IsArray() @ArrayMaxSize(200) @IsUUID(undefined, { each: true, message: 'book:error.noDepartment' }) departmentIds?: string[];
  @IsOptional() @AsList() @IsArray() @ArrayMaxSize(10) @IsIn(POLICY_KINDS, { each: true, message: 'book:error.noKind' }) kinds?: PolicyKind[];
  @IsOptional() @IsString() @MaxLength(300, { message: 'book:error.topicsLong' }) topics?: string;
  @EmptyIsNull() @IsOptional() @Matches(DAY, { message: 'book:error.badDay' }) publishedFrom?: string | null;
  @EmptyIsNull() @IsOptional() @Matches(DAY, { message: 'book:error.badDay' }) publishedTo?: string | null;
  @IsOptional() @IsString() @MaxLength(100, { message: 'book:error.wordsLong' }) words?: string;
  @IsOptional() @IsIn(BOOK_CHAPTERS, { message: 'book:error.noChapters' }) chapters?: BookChapters;
}

export class RequestBookDto extends BookDto {
  @IsIn(BOOK_FORMATS, { message: 'book:error.noFormat' }) format: BookFormat;
  @IsString() @MaxLength(100) _key: string;
}
