import { readPublicPolicy } from '@core/policy';
import { Public } from '@platform/identity';
import { chinaDate, type Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { CityCode, Language, type Page, page, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { columnsView, compareData } from './compare-page';
import { ColumnsDto, CompareDto } from './compare.dto';
import { publicColumns, publicComparison } from './comparison-reads';
import { wordsIn } from './named-text';

/** The public versions of a policy beside each other, and what the public's opinions changed. */
@Controller(':city/policies/:id')
export class ComparePortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get('compare')
  async compare(@CityCode() cityId: string, @Param('id') id: string, @Query() query: CompareDto, @Language() lang: Lang): Promise<Page> {
    const policy = await this.policy(cityId, id, 'editor:compare.title', lang);
    return page('editor/public-compare', { title: 'editor:compare.title', ...policy, ...compareData(await publicComparison(this.reader, cityId, id, query, wordsIn(this.views, lang)), query.show) });
  }

  @Public()
  @Get('three-columns')
  async columns(@CityCode() cityId: string, @Param('id') id: string, @Query() query: ColumnsDto, @Language() lang: Lang): Promise<Page> {
    const policy = await this.policy(cityId, id, 'editor:columns.title', lang);
    return page('editor/public-columns', { title: 'editor:columns.title', ...policy, ...columnsView(await publicColumns(this.reader, cityId, id, query, wordsIn(this.views, lang)), query.show) });
  }

  private async policy(cityId: string, id: string, here: string, lang: Lang) {
    const policy = await readPublicPolicy(this.reader, cityId, id, chinaDate(this.clock.now()));
    const base = `/${cityId}/policies/${id}`;
    return { policy, base, crumbs: [{ href: base, label: policy.title }, { label: this.views.translate(lang, here) }] };
  }
}
