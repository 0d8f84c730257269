import { IsIn, IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';

export class DeadlineDto {
  @IsOptional() @IsString() @MaxLength(20) from?: string;
  @IsOptional() @IsString() @MaxLength(6) days?: string;
  @ValidateIf((_dto: object, value: unknown) => value !== '' && value !== undefined) @IsIn(['wd', 'cd'], { message: 'statutes:error.unit' }) unit?: 'wd' | 'cd';
}
