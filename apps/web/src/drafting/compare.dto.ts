import { IsIn, IsOptional, IsUUID, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;

/** Which two versions stand beside each other; the newest and the one before it unless named. */
export class CompareDto {
  @ValidateIf(filled) @IsUUID(undefined, { message: 'editor:error.version' }) from?: string;
  @ValidateIf(filled) @IsUUID(undefined, { message: 'editor:error.version' }) to?: string;
  @IsOptional() @IsIn(['all', 'changes', '']) show?: 'all' | 'changes' | '';
}

export class ColumnsDto {
  @ValidateIf(filled) @IsUUID(undefined, { message: 'common:error.notFound' }) consultation?: string;
  @IsOptional() @IsIn(['all', 'changes', '']) show?: 'all' | 'changes' | '';
}
