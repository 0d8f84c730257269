import {
  ApproveMaterial, type InterpretationDesk, interpretationDesk, type ReleasedMaterial, releasedMaterials, SavePlan, WriteMaterial,
} from '@domains/interpretation';
import { Can, Public } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor } from '../http';
import { MaterialDto, PlanDto } from './interpretation.dto';
import { inputOf, kindOf } from './material-input';

@ApiTags('interpretation')
@Controller('api/v1/cities/:city/policies/:id/interpretations')
export class InterpretationApi {
  constructor(private readonly reader: PublicReader) {}

  /** The interpretations that went out with a policy; a picture's bytes are at `/{city}/interpretations/{id}/picture`. */
  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Param('id') id: string): Promise<{ items: ReleasedMaterial[] }> {
    return { items: await releasedMaterials(this.reader, cityId, id) };
  }
}

/** The plan and the materials of one's own policy, before they go out. A picture is sent as multipart, as a form sends it. */
@ApiTags('interpretation')
@ApiBearerAuth()
@Controller('api/v1/policies/:id/interpretation')
export class InterpretationDeskApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly savePlan: SavePlan,
    private readonly writeMaterial: WriteMaterial,
    private readonly approveMaterial: ApproveMaterial,
  ) {}

  @Can('interpretation.read')
  @Get()
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<InterpretationDesk> {
    return this.unitOfWork.run(actor, (tx) => interpretationDesk(tx, id));
  }

  @Can('interpretation.plan')
  @HttpCode(204)
  @Put('plan')
  plan(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: PlanDto): Promise<void> {
    return this.savePlan.run(actor, id, dto);
  }

  /** `kind` is `text` or `picture`. */
  @Can('interpretation.write')
  @Post('materials/:kind')
  async write(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('kind') kind: string, @Body() dto: MaterialDto): Promise<{ id: string }> {
    return { id: await this.writeMaterial.run(actor, id, kindOf(kind), inputOf(dto)) };
  }

  @Can('interpretation.write')
  @HttpCode(204)
  @Put('materials/:materialId')
  revise(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('materialId') materialId: string, @Body() dto: MaterialDto): Promise<void> {
    return this.writeMaterial.revise(actor, id, materialId, inputOf(dto));
  }

  @Can('interpretation.approve')
  @HttpCode(204)
  @Post('materials/:materialId/approval')
  approve(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('materialId') materialId: string): Promise<void> {
    return this.approveMaterial.run(actor, id, materialId);
  }
}
