import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';

const filled = (_dto: object, value: unknown): boolean => value !== '' && value !== undefined;

export class RegisterDto {
  @ValidateIf(filled) @Matches(/^20\d{2}$/, { message: 'register:error.year' }) year?: string;
  @ValidateIf(filled) @IsUUID(undefined, { message: 'policy:error.department' }) department?: string;
  @IsOptional() @IsString() @MaxLength(120) after?: string;
  @ValidateIf(filled) @IsIn(['json', 'csv'], { message: 'common:error.badRequest' }) format?: 'json' | 'csv';
}
