import { publicFile } from '@domains/consultation';
import { Public } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Controller, Get, Header, Param, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { CityCode, file, type FileAnswer } from '../http';
import { FILE_POLICY } from './attachments.console';

/** Released files of shown opinions, for everybody; limited for each address. */
@UseGuards(ThrottlerGuard)
@Controller(':city/consultations/:id')
export class AttachmentsPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly files: FileStore,
  ) {}

  /** Asked for anew each time: an opinion may be hidden, and a release taken back. */
  @Public()
  @Header('content-security-policy', FILE_POLICY)
  @Header('cache-control', 'no-store')
  @Get('files/:file')
  async download(@CityCode() cityId: string, @Param('id') id: string, @Param('file') fileId: string): Promise<FileAnswer> {
    const { sha256, mediaType, name } = await publicFile(this.reader, cityId, id, fileId);
    return file(await this.files.get(sha256), { type: mediaType, name });
  }
}
