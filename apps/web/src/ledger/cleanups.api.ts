import { EvaluationSources } from '@core/policy';
import { cleanupList, type CleanupOverview, cleanupOverview, type CleanupSheet, cleanupSheet, type CleanupSummary, ProposeCleanup } from '@domains/ledger';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../http';
import { successorId } from './cleanup-successors';
import { CleanupListDto, ProposeCleanupDto, SheetDto } from './cleanups.dto';

/** Clean-ups of the city: how they stand, a department's list and its proposals. */
@ApiTags('ledger')
@ApiBearerAuth()
@Controller('api/v1/cleanups')
export class CleanupsApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: EvaluationSources,
    private readonly proposeCleanup: ProposeCleanup,
  ) {}

  @Can('ledger.read_cleanup')
  @Get()
  list(@CurrentActor() actor: Actor, @Query() { after }: CleanupListDto): Promise<{ items: CleanupSummary[]; next: string | null }> {
    return this.unitOfWork.run(actor, (tx) => cleanupList(tx, after || undefined));
  }

  @Can('ledger.read_cleanup')
  @Get(':id')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<CleanupOverview> {
    return this.unitOfWork.run(actor, (tx) => cleanupOverview(tx, id));
  }

  @Can('ledger.read_cleanup')
  @Get(':id/departments/:department')
  sheet(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('department') department: string, @Query() dto: SheetDto): Promise<CleanupSheet> {
    return this.unitOfWork.run(actor, (tx) => cleanupSheet(tx, this.sources, id, department, { words: dto.words, show: dto.show ?? undefined, after: dto.after ?? 0 }));
  }

  @Can('ledger.propose_cleanup')
  @HttpCode(204)
  @Put(':id/items/:item')
  async propose(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('item') itemId: string, @Body() dto: ProposeCleanupDto): Promise<void> {
    const replacedBy = await this.unitOfWork.run(actor, (tx) => successorId(tx, dto.replacedBy ?? ''));
    await this.proposeCleanup.run(actor, id, itemId, dto.rowVersion, {
      proposal: dto.proposal, reason: dto.reason, amendWhat: dto.amendWhat ?? '', amendBy: dto.amendBy ?? null, effectOn: dto.effectOn ?? null, replacedBy,
    });
  }
}
