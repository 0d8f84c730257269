import {
  effectiveExport, type EffectiveItem, effectiveList, ledgerExport, ledgerList, type LedgerPage, ledgerTimeline, publicLedger, publicLedgerExport, type TimelineEntry,
} from '@domains/ledger';
import { Can, Public } from '@platform/identity';
import { type Actor, chinaDate, type Clock, type IsoDate } from '@platform/kernel';
import { CLOCK, PublicReader, UnitOfWork } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor, type FileAnswer, Language, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { effectiveCsv } from './effective-csv';
import { EffectiveDto } from './ledger.dto';
import { LedgerExports } from './ledger-exports';
import { LedgerFileDto, ledgerFilter } from './ledger-filter.dto';

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

/** What everybody may know of the ledger of a city. */
@ApiTags('ledger')
@Controller('api/v1/cities/:city/ledger')
export class PublicLedgerApi {
  constructor(
    private readonly reader: PublicReader,
    private readonly exports: LedgerExports,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Public policies as they stood on the day `on`, twenty at a time; `format=csv` or `xlsx` gives every row as a file. */
  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Query() { format, ...dto }: LedgerFileDto, @Language() lang: Lang): Promise<FileAnswer | LedgerPage> {
    const now = this.clock.now();
    if (format === 'csv' || format === 'xlsx') return this.exports.file(await publicLedgerExport(this.reader, cityId, ledgerFilter(dto), now), format, lang);
    return publicLedger(this.reader, cityId, ledgerFilter(dto), now);
  }
}

/** The ledger of one's own department, or of the city for its overseer. */
@ApiTags('ledger')
@ApiBearerAuth()
@Controller('api/v1')
export class LedgerDeskApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly exports: LedgerExports,
  ) {}

  /** The ledger of the day `on` (today by default), twenty policies at a time; `next` goes into `after`. `format=csv` or `xlsx` gives every row of the filter as a file. */
  @Can('ledger.read')
  @Get('ledger')
  async list(@CurrentActor() actor: Actor, @Query() { format, ...dto }: LedgerFileDto, @Language() lang: Lang): Promise<FileAnswer | LedgerPage> {
    if (format === 'csv' || format === 'xlsx') return this.exports.file(await this.unitOfWork.run(actor, (tx) => ledgerExport(tx, ledgerFilter(dto))), format, lang);
    return this.unitOfWork.run(actor, (tx) => ledgerList(tx, ledgerFilter(dto)));
  }

  @Can('ledger.read')
  @Get('policies/:id/timeline')
  async timeline(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<{ items: TimelineEntry[] }> {
    return { items: await this.unitOfWork.run(actor, (tx) => ledgerTimeline(tx, id)) };
  }
}
