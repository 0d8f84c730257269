import { POLICY_KINDS } from '@core/policy';
import { effectiveExport, effectiveList, publicLedger, publicLedgerExport } from '@domains/ledger';
import { Public } from '@platform/identity';
import { chinaDate, type Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { AccountThrottler, CityCode, type FileAnswer, Language, type Page, page, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { effectiveCsv } from './effective-csv';
import { EffectiveDto } from './ledger.dto';
import { LedgerExports } from './ledger-exports';
import { LedgerDto, ledgerFilter } from './ledger-filter.dto';
import { ledgerView } from './ledger-view';

/** Which policies are in force on a day: today, or any other. */
@Controller(':city')
export class LedgerPortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
    private readonly exports: LedgerExports,
  ) {}

  /** Every public policy from its first public step, as it stood on a day. */
  @Public()
  @Get('ledger')
  async ledger(@CityCode() cityId: string, @Query() dto: LedgerDto): Promise<Page> {
    const now = this.clock.now();
    const [found, departments] = await Promise.all([
      publicLedger(this.reader, cityId, ledgerFilter(dto), now),
      this.reader.query<{ id: string; name: string }>('SELECT id, name FROM department WHERE city_id = $1 ORDER BY name', [cityId]),
    ]);
    const places = { action: `/${cityId}/ledger`, home: `/${cityId}/policies`, api: `/api/v1/cities/${cityId}/ledger` };
    return page('ledger/list', { ...ledgerView(dto, found, chinaDate(now), places), departments, wholeCity: true, forAll: true, mayReadLog: false });
  }

  @Public()
  @UseGuards(AccountThrottler)
  @Get('ledger.csv')
  async ledgerCsv(@CityCode() cityId: string, @Query() dto: LedgerDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.exports.file(await publicLedgerExport(this.reader, cityId, ledgerFilter(dto), this.clock.now()), 'csv', lang);
  }

  @Public()
  @UseGuards(AccountThrottler)
  @Get('ledger.xlsx')
  async ledgerXlsx(@CityCode() cityId: string, @Query() dto: LedgerDto, @Language() lang: Lang): Promise<FileAnswer> {
    return this.exports.file(await publicLedgerExport(this.reader, cityId, ledgerFilter(dto), this.clock.now()), 'xlsx', lang);
  }

  @Public()
  @Get('effective')
  async list(@CityCode() cityId: string, @Query() dto: EffectiveDto): Promise<Page> {
    const today = chinaDate(this.clock.now());
    const on = dto.on || today;
    const { items, next, total } = await effectiveList(this.reader, cityId, on, { kind: dto.kind, departmentId: dto.department, after: dto.after });
    const address = (more: Record<string, string>): string => new URLSearchParams({ on, kind: dto.kind ?? '', department: dto.department ?? '', ...more }).toString();
    return page('ledger/effective', {
      title: 'ledger:effective.title', on, isToday: on === today, kind: dto.kind, department: dto.department, kinds: POLICY_KINDS, total,
      items: items.map((item) => ({ ...item, href: `/${cityId}/policies/${item.id}` })),
      next: next && `?${address({ after: next })}`, csvHref: `/${cityId}/effective.csv?${address({})}`, jsonHref: `/api/v1/cities/${cityId}/effective?${address({ format: 'json' })}`,
    });
  }

  @Public()
  @Get('effective.csv')
  async export(@CityCode() cityId: string, @Query() dto: EffectiveDto, @Language() lang: Lang): Promise<FileAnswer> {
    const on = dto.on || chinaDate(this.clock.now());
    const items = await effectiveExport(this.reader, cityId, on, { kind: dto.kind, departmentId: dto.department });
    return effectiveCsv(this.views, lang, on, items);
  }
}
