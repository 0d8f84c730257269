import { IsBoolean, IsInt, IsString, Length, Max, MaxLength, Min } from 'class-validator';

export class ApiApplicationDto {
  @IsString() @MaxLength(200, { message: 'funding:error.titleLong' }) title: string;
  @IsString() @MaxLength(5000, { message: 'funding:error.summaryLong' }) summary: string;
  /** Asked for, in fen; 0 while it is open. */
  @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) amountFen: number;
}

export class ApiRerouteDto {
  @IsBoolean() accept: boolean;
}

export class ApiPaymentDto {
  @IsInt() @Min(1) @Max(100) instalment: number;
  @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) amountFen: number;
  @Length(1, 100, { message: 'funding:error.voucher' }) voucher: string;
}
