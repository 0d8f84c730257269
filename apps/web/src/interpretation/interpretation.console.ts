import { LifeCycle } from '@core/policy';
import { ApproveMaterial, CHANNELS, deskPicture, interpretationDesk, type MaterialKind, SavePlan, WriteMaterial } from '@domains/interpretation';
import { Can } from '@platform/identity';
import { type Actor, DomainError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { CurrentActor, file, type FileAnswer, FormPage, type Page, page, seeOther, type SeeOther, type WebRequest } from '../http';
import { policyHeader } from '../policy/policy-header';
import { MaterialDto, PlanDto } from './interpretation.dto';
import { inputOf, kindOf } from './material-input';

const home = (policyId: string): string => `/console/policies/${policyId}/interpretation`;

/** The boxes that are ticked: as they were sent, when the form comes back, and else as they are stored. */
function ticked(request: WebRequest, name: string, stored: readonly string[]): (value: string) => boolean {
  const sent = request.refusedForm?.values[name];
  const chosen: unknown[] = request.refusedForm ? (Array.isArray(sent) ? sent : [sent]) : [...stored];
  return (value) => chosen.includes(value);
}

/** A policy's interpretation: its plan, and the materials that go out with it. */
@Controller('console/policies/:id/interpretation')
export class InterpretationConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly savePlan: SavePlan,
    private readonly writeMaterial: WriteMaterial,
    private readonly approveMaterial: ApproveMaterial,
    private readonly files: FileStore,
  ) {}

  @Can('interpretation.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Param('id') id: string, @Req() request: WebRequest): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const desk = await interpretationDesk(tx, id);
      const isTicked = ticked(request, 'channels', desk.plan?.channels ?? []);
      return page('interpretation/desk', {
        title: header.title, header, ...desk, home: home(id), channels: CHANNELS.map((value) => ({ value, checked: isTicked(value) })),
      });
    });
  }

  @Can('interpretation.plan')
  @FormPage('/console/policies/:id/interpretation')
  @Post('plan')
  async plan(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: PlanDto): Promise<SeeOther> {
    await this.savePlan.run(actor, id, dto);
    return seeOther(home(id), 'interpretation:flash.planned');
  }

  @Can('interpretation.write')
  @Get('new/:kind')
  blank(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('kind') kind: string, @Req() request: WebRequest): Promise<Page> {
    return this.form(actor, id, request, kindOf(kind), null);
  }

  @Can('interpretation.write')
  @FormPage('/console/policies/:id/interpretation/new/:kind')
  @Post('new/:kind')
  async write(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('kind') kind: string, @Body() dto: MaterialDto): Promise<SeeOther> {
    await this.writeMaterial.run(actor, id, kindOf(kind), inputOf(dto));
    return seeOther(home(id), 'interpretation:flash.written');
  }

  @Can('interpretation.write')
  @Get('materials/:materialId')
  edit(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('materialId') materialId: string, @Req() request: WebRequest): Promise<Page> {
    return this.form(actor, id, request, null, materialId);
  }

  @Can('interpretation.write')
  @FormPage('/console/policies/:id/interpretation/materials/:materialId')
  @Post('materials/:materialId')
  async revise(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('materialId') materialId: string, @Body() dto: MaterialDto): Promise<SeeOther> {
    await this.writeMaterial.revise(actor, id, materialId, inputOf(dto));
    return seeOther(home(id), 'interpretation:flash.revised');
  }

  @Can('interpretation.approve')
  @FormPage('/console/policies/:id/interpretation')
  @Post('materials/:materialId/approve')
  async approve(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('materialId') materialId: string): Promise<SeeOther> {
    await this.approveMaterial.run(actor, id, materialId);
    return seeOther(home(id), 'interpretation:flash.approved');
  }

  @Can('interpretation.read')
  @Get('materials/:materialId/picture')
  async picture(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('materialId') materialId: string): Promise<FileAnswer> {
    const { sha256, mediaType } = await this.unitOfWork.run(actor, (tx) => deskPicture(tx, id, materialId));
    return file(await this.files.get(sha256), { type: mediaType });
  }

  private form(actor: Actor, id: string, request: WebRequest, newKind: MaterialKind | null, materialId: string | null): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const desk = await interpretationDesk(tx, id);
      const material = desk.materials.find((one) => one.id === materialId) ?? null;
      const kind = newKind ?? material?.kind;
      if (!kind || !(material ? material.mayRevise : desk.mayWrite)) throw material || newKind ? DomainError.conflict('interpretation:error.tooLate') : DomainError.notFound();
      const isTicked = ticked(request, 'clauses', material?.clauseIdentities ?? []);
      return page('interpretation/material-form', {
        title: header.title, header, kind, material, home: home(id), action: material ? `${home(id)}/materials/${material.id}` : `${home(id)}/new/${kind}`,
        clauses: desk.clauses.map(({ identity, label }) => ({ value: identity, label, checked: isTicked(identity) })),
      });
    });
  }
}
