import { PUBLIC_LISTS, publicCleanup, type PublicCleanup, publicCleanupExport, type PublicCleanupItem, publicCleanupItems, publicCleanups } from '@domains/ledger';
import { Public } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { wordsIn } from '../drafting/named-text';
import { CityCode, csv, file, type FileAnswer, Language, type Page, page, VIEWS } from '../http';
import { ConsultationExports } from '../outlets/consultation-exports';
import { fileName } from '../policy/policy-documents';
import type { Lang, ViewEngine } from '../view';
import { PROPOSAL_TONES, publicTable } from './cleanup-view';
import { PublicCleanupDto } from './cleanups.dto';

/** The results of clean-ups, as they were decided: what goes on, what ends, what is amended. */
@Controller()
export class CleanupsPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly exports: ConsultationExports,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get(':city/cleanups')
  async list(@CityCode() cityId: string): Promise<Page> {
    const cleanups = await publicCleanups(this.reader, cityId);
    return page('ledger/public-cleanups', { title: 'cleanup:public.title', cleanups: cleanups.map((one) => ({ ...one, href: `/${cityId}/cleanups/${one.id}` })) });
  }

  @Public()
  @Get(':city/cleanups/:id')
  async show(@CityCode() cityId: string, @Param('id') id: string, @Query() dto: PublicCleanupDto): Promise<Page> {
    const cleanup = await publicCleanup(this.reader, cityId, id);
    const list = dto.list ?? 'keep';
    const { items, next } = await publicCleanupItems(this.reader, cityId, id, list, dto.after ?? 0);
    const self = `/${cityId}/cleanups/${id}`;
    return page('ledger/public-cleanup', {
      title: cleanup.title, cleanup, list, lists: PUBLIC_LISTS.map((key) => ({ key, href: `${self}?list=${key}`, current: key === list, count: cleanup.counts[key] })), csvHref: `${self}/lists.csv`, xlsxHref: `${self}/lists.xlsx`,
      jsonHref: `/api/v1/cities/${cityId}/cleanups/${id}`, next: next && `?${new URLSearchParams({ list, after: String(next) }).toString()}`,
      items: items.map((item) => ({ ...item, href: `/${cityId}/policies/${item.policyId}`, tone: PROPOSAL_TONES[item.outcome], late: item.endedOn !== null && item.endedOn !== item.effectOn })),
    });
  }

  @Public()
  @Get(':city/cleanups/:id/lists.csv')
  async table(@CityCode() cityId: string, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    const cleanup = await publicCleanup(this.reader, cityId, id);
    const { head, rows } = publicTable(await publicCleanupExport(this.reader, cityId, id), wordsIn(this.views, lang));
    return file(csv([head, ...rows]), { type: 'text/csv; charset=utf-8', name: fileName([cleanup.title], 'csv') });
  }

  /** One sheet for each list. */
  @Public()
  @Get(':city/cleanups/:id/lists.xlsx')
  async workbook(@CityCode() cityId: string, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    const t = wordsIn(this.views, lang);
    const cleanup = await publicCleanup(this.reader, cityId, id);
    const items = await publicCleanupExport(this.reader, cityId, id);
    const ofList = (key: string): PublicCleanupItem[] => items.filter(({ outcome }) => (outcome === 'keep' || outcome === 'amend' ? outcome : 'end') === key);
    return this.exports.workbook([cleanup.title], PUBLIC_LISTS.map((key) => {
      const { head, rows, widths } = publicTable(ofList(key), t);
      return { name: t(`cleanup:listName.${key}`), columns: head.map((column, at) => ({ head: column, width: widths[at] ?? 12 })), rows };
    }));
  }

  @Public()
  @Header('access-control-allow-origin', '*')
  @Get('api/v1/cities/:city/cleanups')
  async json(@CityCode() cityId: string): Promise<{ items: PublicCleanup[] }> {
    return { items: await publicCleanups(this.reader, cityId) };
  }

  @Public()
  @Header('access-control-allow-origin', '*')
  @Get('api/v1/cities/:city/cleanups/:id')
  async jsonOne(@CityCode() cityId: string, @Param('id') id: string): Promise<PublicCleanup & { items: PublicCleanupItem[] }> {
    return { ...(await publicCleanup(this.reader, cityId, id)), items: await publicCleanupExport(this.reader, cityId, id) };
  }
}
