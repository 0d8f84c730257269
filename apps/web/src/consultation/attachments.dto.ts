import type { SentFile } from '@domains/consultation';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Min } from 'class-validator';
import type { UploadedFile } from '../http';

/** The files of a form as the use case takes them. */
export const sentFiles = (files: readonly UploadedFile[] | undefined): SentFile[] => (files ?? []).map(({ filename, mimetype, data }) => ({ name: filename, declaredType: mimetype, bytes: data }));

export class ReleaseFileDto {
  @IsIn(['yes', 'no'], { message: 'common:error.field' }) released: 'yes' | 'no';
  /** Of the file as the person saw it. */
  @Type(() => Number) @IsInt({ message: 'common:error.field' }) @Min(1, { message: 'common:error.field' }) seen: number;
}
