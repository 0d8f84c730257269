import { readPublicCampaignReport } from '@domains/evaluation';
import { Public } from '@platform/identity';
import { DomainError } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { wordsIn } from '../drafting/named-text';
import { CityCode, type FileAnswer, Language, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { EvaluationExports, type ReportFormat } from './evaluation-exports';
import { reportDocument } from './report-document';

/** A published report of a campaign to print and to pass on; thirty a minute for each address. */
@UseGuards(ThrottlerGuard)
@Controller(':city/evaluations/:id')
export class ReportFilesPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly exports: EvaluationExports,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get('report.pdf')
  pdf(@CityCode() cityId: string, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.file(cityId, id, lang, 'pdf');
  }

  @Public()
  @Get('report.docx')
  docx(@CityCode() cityId: string, @Param('id') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.file(cityId, id, lang, 'docx');
  }

  private async file(cityId: string, id: string, lang: Lang, format: ReportFormat): Promise<FileAnswer> {
    const report = await readPublicCampaignReport(this.reader, cityId, id);
    if (!report) throw DomainError.notFound();
    return this.exports.report(reportDocument(report, wordsIn(this.views, lang), lang), format);
  }
}
