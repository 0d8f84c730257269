import { listPublicReports, readPublicCampaignReport, readPublicReport } from '@domains/evaluation';
import { Public } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { reportView } from '../appraisal/report-page';
import { wordsIn } from '../drafting/named-text';
import { CityCode, Language, type Page, page, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { ReportListDto } from './evaluation.dto';
import { chartOf, TONE_OF_CONCLUSION } from './report-view';

/** How the policies did: published evaluation reports. */
@Controller(':city/evaluations')
export class EvaluationPortal {
  constructor(
    private readonly reader: PublicReader,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Query() filter: ReportListDto): Promise<Page> {
    const { items, next } = await listPublicReports(this.reader, cityId, filter.after);
    return page('evaluation/list', {
      title: 'evaluation:list.title', next: next && `?after=${encodeURIComponent(next)}`,
      items: items.map((item) => ({ ...item, href: `/${cityId}/evaluations/${item.id}`, tone: TONE_OF_CONCLUSION[item.conclusion] })),
    });
  }

  @Public()
  @Get(':id')
  async show(@CityCode() cityId: string, @Param('id') id: string, @Language() lang: Lang): Promise<Page> {
    const scored = await readPublicCampaignReport(this.reader, cityId, id);
    if (scored) {
      return page('appraisal/report', {
        title: 'evaluation:show.titleOf', titleParams: { title: scored.policyTitle }, ...reportView(scored, wordsIn(this.views, lang), lang), policyHref: `/${cityId}/policies/${scored.policyId}`, home: `/${cityId}/evaluations/${id}`,
      });
    }
    const report = await readPublicReport(this.reader, cityId, id);
    return page('evaluation/show', {
      title: 'evaluation:show.titleOf', titleParams: { title: report.policyTitle }, report, chart: chartOf(report.ratings), tone: TONE_OF_CONCLUSION[report.conclusion],
      policyHref: `/${cityId}/policies/${report.policyId}`,
    });
  }
}
