import { IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

export class SignInDto {
  @Matches(/^\d{6}$/, { message: 'common:error.city' }) city: string;
  @IsString({ message: 'common:error.login' }) @Length(1, 100, { message: 'common:error.login' }) login: string;
  @IsString({ message: 'common:error.password' }) @Length(1, 200, { message: 'common:error.password' }) password: string;
  @IsOptional() @IsString() @MaxLength(2000) back?: string;
}

export class MoveClockDto {
  @Matches(/^\d{1,3}$/, { message: 'common:error.days' }) days: string;
  @IsOptional() @IsString() @MaxLength(2000) back?: string;
}
