import { listPublicReports, readPublicReport } from '@domains/evaluation';
import { Public } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { CityCode, type Page, page } from '../http';
import { ReportListDto } from './evaluation.dto';
import { chartOf, TONE_OF_CONCLUSION } from './report-view';

/** How the policies did: published evaluation reports. */
@Controller(':city/evaluations')
export class EvaluationPortal {
  constructor(private readonly reader: PublicReader) {}

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
  async show(@CityCode() cityId: string, @Param('id') id: string): Promise<Page> {
    const report = await readPublicReport(this.reader, cityId, id);
    return page('evaluation/show', {
      title: 'evaluation:show.titleOf', titleParams: { title: report.policyTitle }, report, chart: chartOf(report.ratings), tone: TONE_OF_CONCLUSION[report.conclusion],
      policyHref: `/${cityId}/policies/${report.policyId}`,
    });
  }
}
