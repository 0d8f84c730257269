import { effectiveExport, type EffectiveItem, effectiveList, type LedgerItem, ledgerList, ledgerTimeline, type TimelineEntry } from '@domains/ledger';
import { Can, Public } from '@platform/identity';
import { type Actor, chinaDate, type Clock, type IsoDate } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor, type FileAnswer, Language, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { effectiveCsv } from './effective-csv';
import { EffectiveDto, LedgerDto } from './ledger.dto';

@ApiTags('ledger')
@Controller('api/v1/cities/:city/effective')
export class LedgerApi {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  /** The policies in force on the day `on` (today by default), twenty at a time; `next` goes into `after`. `format=csv` gives all of them as a file. */
  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Query() dto: EffectiveDto, @Language() lang: Lang): Promise<FileAnswer | { on: IsoDate; items: EffectiveItem[]; next: string | null; total: number }> {
    const on = dto.on || chinaDate(this.clock.now());
    const filter = { kind: dto.kind, departmentId: dto.department, after: dto.after };
    if (dto.format === 'csv') return effectiveCsv(this.views, lang, on, await effectiveExport(this.reader, cityId, on, filter));
    return { on, ...(await effectiveList(this.reader, cityId, on, filter)) };
  }
}

/** The ledger of one's own department, or of the city for its overseer. */
@ApiTags('ledger')
@ApiBearerAuth()
@Controller('api/v1')
export class LedgerDeskApi {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Can('ledger.read')
  @Get('ledger')
  list(@CurrentActor() actor: Actor, @Query() dto: LedgerDto): Promise<{ items: LedgerItem[]; next: string | null }> {
    return this.unitOfWork.run(actor, (tx) => ledgerList(tx, { state: dto.state, year: dto.year, departmentId: dto.department, after: dto.after }));
  }

  @Can('ledger.read')
  @Get('policies/:id/timeline')
  async timeline(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ items: TimelineEntry[] }> {
    return { items: await this.unitOfWork.run(actor, (tx) => ledgerTimeline(tx, id)) };
  }
}
