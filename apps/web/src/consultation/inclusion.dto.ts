import { IsIn, IsOptional, IsString } from 'class-validator';
import { IsUploadedFile, type UploadedFile } from '../http';

export class RootFileDto {
  /** Also the hash of every leaf: then no receipt needs a proof. */
  @IsOptional() @IsIn(['1'], { message: 'common:error.field' }) leaves?: '1';
}

export class VerifyReceiptDto {
  @IsOptional() @IsUploadedFile('inclusion:error.file') receiptFile?: UploadedFile;
  @IsOptional() @IsUploadedFile('inclusion:error.file') rootFile?: UploadedFile;
  @IsOptional() @IsString({ message: 'common:error.field' }) receiptText?: string;
  @IsOptional() @IsString({ message: 'common:error.field' }) rootText?: string;
}
