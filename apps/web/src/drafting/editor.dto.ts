import { CONFLICT_CHOICES, type ConflictChoice } from '@domains/drafting';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, MaxLength, Min, ValidateIf } from 'class-validator';
import { IsUploadedFile, type UploadedFile } from '../http';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;

export class PreviewDto {
  @IsString({ message: 'drafting:error.emptyText' }) @MaxLength(500_000, { message: 'drafting:error.long' }) text: string;
}

class WrittenDto extends PreviewDto {
  @Type(() => Number) @IsInt() @Min(1) seen: number;
  @IsString({ message: 'drafting:error.noteMissing' }) @MaxLength(50_000, { message: 'drafting:error.long' }) draftingNote: string;
}

export class AutosaveDto extends WrittenDto {
  /** Made anew by each page that is opened. */
  @IsOptional() @IsString() @MaxLength(64) editor?: string;
}

export class ConflictDto extends WrittenDto {
  @IsIn(CONFLICT_CHOICES, { message: 'editor:error.choice' }) choice: ConflictChoice;
  @Type(() => Number) @IsInt() @Min(1) theirs: number;
}

export class ImportTextDto {
  /** Asked for once it is known that the policy is one's own. */
  @IsOptional() @IsUploadedFile('editor:error.fileMissing') file?: UploadedFile;
}

export class EditDto {
  /** An entry of the history to go on with. */
  @ValidateIf(filled) @IsUUID(undefined, { message: 'common:error.notFound' }) save?: string;
}
