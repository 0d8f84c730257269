import { CONCLUSIONS, EVALUATOR_ARTICLE, PublishReport, ReturnReport, SaveCampaignReport, SECTIONS, staffCampaignReport } from '@domains/evaluation';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Header, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { wordsIn } from '../drafting/named-text';
import { AccountThrottler, CurrentActor, type FileAnswer, FormPage, Language, type Page, page, type SeeOther, seeOther, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { CampaignReportDto, PublishEditionDto, ReturnEditionDto } from './appraisal.dto';
import { EvaluationExports, type ReportFormat } from './evaluation-exports';
import { byRow, clauseRows, reportInput } from './inputs';
import { reportDocument } from './report-document';
import { clauseLabel, reportView } from './report-page';

/** Empty rows under the clauses that are named. */
const SPARE_ROWS = 3;
const home = (id: string): string => `/console/evaluation-reports/${id}`;

/** The report of a campaign on one policy: written by its leader, decided by the head. */
@Controller('console/evaluation-reports')
export class CampaignReportsConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly saveReport: SaveCampaignReport,
    private readonly publishReport: PublishReport,
    private readonly returnReport: ReturnReport,
    private readonly exports: EvaluationExports,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Can('evaluation.read')
  @Get(':reportId')
  async show(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Language() lang: Lang): Promise<Page> {
    const report = await this.unitOfWork.run(actor, (tx) => staffCampaignReport(tx, id));
    const clauses = report.clauseNames.map(({ clauseId, text }) => ({ value: clauseId, label: `${clauseLabel(report.clauseNames, clauseId)} ${[...text].slice(0, 18).join('')}` }));
    return page('appraisal/report-desk', {
      title: 'evaluation:show.titleOf', titleParams: { title: report.policyTitle }, ...reportView(report, wordsIn(this.views, lang), lang), home: home(id), conclusions: CONCLUSIONS, article: EVALUATOR_ARTICLE,
      campaignHref: `/console/evaluation-campaigns/${report.campaignId}`, policyHref: `/console/policies/${report.policyId}`, publicHref: report.publishedAt && `/${actor.cityId}/evaluations/${id}`,
      written: SECTIONS.map((key) => ({ key, text: report.sections[key] ?? '' })), clauseOptions: clauses,
      clauseRows: [...report.clauses, ...Array.from({ length: SPARE_ROWS }, () => ({ clauseId: '', proposal: '', reason: '' }))],
    });
  }

  @Can('evaluation.write')
  @FormPage('/console/evaluation-reports/:reportId')
  @Post(':reportId')
  async save(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Body() dto: CampaignReportDto): Promise<SeeOther> {
    const rows = clauseRows(dto);
    await byRow(rows, () => this.saveReport.run(actor, id, reportInput(dto, rows)));
    return seeOther(home(id), dto.action === 'submit' ? 'evaluation:flash.submitted' : 'evaluation:flash.saved');
  }

  @Can('evaluation.publish')
  @FormPage('/console/evaluation-reports/:reportId')
  @Post(':reportId/publish')
  async publish(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Body() dto: PublishEditionDto): Promise<SeeOther> {
    await this.publishReport.run(actor, id, Number(dto.edition));
    return seeOther(home(id), 'evaluation:flash.published');
  }

  @Can('evaluation.publish')
  @FormPage('/console/evaluation-reports/:reportId')
  @Post(':reportId/return')
  async sendBack(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Body() dto: ReturnEditionDto): Promise<SeeOther> {
    await this.returnReport.run(actor, id, dto.returnReason, Number(dto.edition));
    return seeOther(home(id), 'evaluation:flash.returned');
  }

  @Can('evaluation.read')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get(':reportId/report.pdf')
  pdf(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.file(actor, id, lang, 'pdf');
  }

  @Can('evaluation.read')
  @UseGuards(AccountThrottler)
  @Header('cache-control', 'private, no-store')
  @Get(':reportId/report.docx')
  docx(@CurrentActor() actor: Actor, @Param('reportId') id: string, @Language() lang: Lang): Promise<FileAnswer> {
    return this.file(actor, id, lang, 'docx');
  }

  private async file(actor: Actor, id: string, lang: Lang, format: ReportFormat): Promise<FileAnswer> {
    const report = await this.unitOfWork.run(actor, (tx) => staffCampaignReport(tx, id));
    return this.exports.report(reportDocument(report, wordsIn(this.views, lang), lang), format);
  }
}
