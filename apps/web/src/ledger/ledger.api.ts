import { effectiveExport, type EffectiveItem, effectiveList } from '@domains/ledger';
import { Public } from '@platform/identity';
import { chinaDate, type Clock, type IsoDate } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CityCode, type FileAnswer, VIEWS } from '../http';
import type { ViewEngine } from '../view';
import { effectiveCsv } from './effective-csv';
import { EffectiveDto } from './ledger.dto';

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
  async list(@CityCode() cityId: string, @Query() dto: EffectiveDto): Promise<FileAnswer | { on: IsoDate; items: EffectiveItem[]; next: string | null; total: number }> {
    const on = dto.on || chinaDate(this.clock.now());
    const filter = { kind: dto.kind, departmentId: dto.department, after: dto.after };
    if (dto.format === 'csv') return effectiveCsv(this.views, dto.lang === 'en' ? 'en' : 'zh', on, await effectiveExport(this.reader, cityId, on, filter));
    return { on, ...(await effectiveList(this.reader, cityId, on, filter)) };
  }
}
