import { AddAttachment, AssignReviewer, ExpertPanel, listAttachments, NoteFacts, procedureOf, readAttachmentOf } from '@domains/drafting';
import { ATTACHMENT_KINDS, attachmentsFor, ISSUERS, LifeCycle, policies } from '@core/policy';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentActor, file, type FileAnswer, FormPage, type Page, page, type SeeOther, seeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { AssignReviewerDto, AttachmentDto, factsOf, FactsDto, NameExpertDto } from './procedure.dto';

/** What the procedure of a policy follows from, the files beside its text, and who reviews it. */
@Controller('console/policies/:id')
export class ProcedureConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly files: FileStore,
    private readonly noteFacts: NoteFacts,
    private readonly addAttachment: AddAttachment,
    private readonly assignReviewer: AssignReviewer,
    private readonly panel: ExpertPanel,
  ) {}

  @Can('drafting.read')
  @Get('materials')
  materials(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const policy = await policies.require(tx, id);
      const { pack, facts, noted, steps } = await procedureOf(tx, policy);
      const attached = (await listAttachments(tx, id)).map((one) => ({ ...one, href: `/console/policies/${id}/materials/${one.id}` }));
      return page('drafting/materials', {
        title: header.title, header, noted, steps, pack, issuers: ISSUERS, kinds: ATTACHMENT_KINDS,
        required: attachmentsFor(pack, policy.kind, facts).map((rule) => ({ ...rule, met: attached.some((one) => one.kind === rule.kind) })),
        current: attached.filter((one) => one.current), replaceable: attached.filter((one) => one.current && one.docketId === null), replaced: attached.filter((one) => !one.current), sections: pack.kinds[policy.kind].note.sections,
        mayNote: header.own && actor.roles.includes('drafter') && (policy.state === 'planned' || policy.state === 'drafting'),
        mayAttach: ['planned', 'drafting', 'consulting', 'reviewing', 'deliberating'].includes(policy.state) && actor.roles.some((role) => role === 'drafter' || role.endsWith('_reviewer') || role === 'risk_assessor' || role === 'argument_convener' || role === 'deliberation_secretary'),
      });
    });
  }

  @Can('drafting.attach')
  @FormPage('/console/policies/:id/materials')
  @Post('materials')
  async attach(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: AttachmentDto): Promise<SeeOther> {
    await this.addAttachment.run(actor, id, dto);
    return seeOther(`/console/policies/${id}/materials`, 'procedure:flash.attached');
  }

  @Can('drafting.attach')
  @FormPage('/console/policies/:id/dockets/:docketId')
  @Post('dockets/:docketId/materials')
  async attachToDocket(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('docketId') docketId: string, @Body() dto: AttachmentDto): Promise<SeeOther> {
    await this.addAttachment.run(actor, id, { ...dto, docketId });
    return seeOther(`/console/policies/${id}/dockets/${docketId}`, 'procedure:flash.attached');
  }

  @Can('drafting.read')
  @Get('materials/:attachmentId')
  async download(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('attachmentId') attachmentId: string): Promise<FileAnswer> {
    const { sha256, mediaType, filename } = await this.unitOfWork.run(actor, (tx) => readAttachmentOf(tx, id, attachmentId));
    return file(await this.files.get(sha256), { type: mediaType, name: filename });
  }

  @Can('drafting.write')
  @FormPage('/console/policies/:id/materials')
  @Post('facts')
  async facts(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: FactsDto): Promise<SeeOther> {
    await this.noteFacts.run(actor, id, factsOf(dto));
    return seeOther(`/console/policies/${id}/materials`, 'procedure:flash.noted');
  }

  @Can('drafting.assign')
  @FormPage('/console/policies/:id/dockets/:docketId')
  @Post('dockets/:docketId/reviewer')
  async assign(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('docketId') docketId: string, @Body() dto: AssignReviewerDto): Promise<SeeOther> {
    await this.assignReviewer.run(actor, id, docketId, dto);
    return seeOther(`/console/policies/${id}/dockets/${docketId}`, 'procedure:flash.assigned');
  }

  @Can('drafting.review')
  @FormPage('/console/policies/:id/dockets/:docketId')
  @Post('dockets/:docketId/experts')
  async nameExpert(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('docketId') docketId: string, @Body() dto: NameExpertDto): Promise<SeeOther> {
    await this.panel.name(actor, id, docketId, dto.accountId);
    return seeOther(`/console/policies/${id}/dockets/${docketId}`, 'procedure:flash.expertNamed');
  }
}
