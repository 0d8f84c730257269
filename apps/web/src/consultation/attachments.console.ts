import { ReadAttachment, ReleaseAttachment } from '@domains/consultation';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Body, Controller, Get, Header, Param, Post } from '@nestjs/common';
import { CurrentActor, file, type FileAnswer, FormPage, requireWithin, seeOther, type SeeOther } from '../http';
import { ReleaseFileDto } from './attachments.dto';

/** Whatever a browser makes of a stranger's file, it runs nothing of it and asks for nothing. */
export const FILE_POLICY = "default-src 'none'; sandbox";

const OPINION = 'policies/:id/consultation/opinions/:opinion';

/** The files of an opinion, for the department. */
@Controller('console')
export class AttachmentsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: FileStore,
    private readonly readAttachment: ReadAttachment,
    private readonly releaseAttachment: ReleaseAttachment,
  ) {}

  @Can('consultation.read')
  @Header('content-security-policy', FILE_POLICY)
  @Header('cache-control', 'private, no-store')
  @Get(`${OPINION}/files/:file`)
  async download(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinion: string, @Param('file') fileId: string): Promise<FileAnswer> {
    await requireWithin(this.unitOfWork, actor, 'opinion', opinion, id);
    const { sha256, mediaType, filename } = await this.readAttachment.run(actor, opinion, fileId);
    return file(await this.files.get(sha256), { type: mediaType, name: filename });
  }

  @Can('consultation.moderate')
  @FormPage(`/console/${OPINION}`)
  @Post(`${OPINION}/files/:file/release`)
  async release(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('opinion') opinion: string, @Param('file') fileId: string, @Body() { released, seen }: ReleaseFileDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'opinion', opinion, id);
    await this.releaseAttachment.run(actor, opinion, fileId, { released: released === 'yes', seen });
    return seeOther(`/console/policies/${id}/consultation/opinions/${opinion}#files`, `attachments:flash.${released === 'yes' ? 'released' : 'recalled'}`);
  }
}
