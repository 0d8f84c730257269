import { IsOptional } from 'class-validator';
import { IsUploadedFile, type UploadedFile } from '../http';

export class BatchFileDto {
  /** Asked for once it is known that the consultation is one's own. */
  @IsOptional() @IsUploadedFile('channels:error.fileMissing') file?: UploadedFile;
}

export class MailFileDto {
  /** Asked for once it is known that the consultation is one's own. */
  @IsOptional() @IsUploadedFile('channels:error.mailMissing') file?: UploadedFile;
}
