import { LifeCycle } from '@core/policy';
import { CONCLUSIONS, EVALUATOR_ARTICLE, evaluationDesk, followUpsOf, listReports, OpenReport, PublishReport, ReturnReport, SaveReport } from '@domains/evaluation';
import { Can } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, type Page, page, requireWithin, seeOther, type SeeOther } from '../http';
import { policyHeader } from '../policy/policy-header';
import { OpenReportDto, ReportListDto, ReturnReportDto, SaveReportDto } from './evaluation.dto';
import { chartOf, saveInput, sidesOf, TONE_OF_CONCLUSION, TONE_OF_FOLLOW_UP } from './report-view';

const home = (policyId: string): string => `/console/policies/${policyId}/evaluation`;

/** Evaluations: the department's list, and those of one policy. */
@Controller('console')
export class EvaluationConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lifeCycle: LifeCycle,
    private readonly openReport: OpenReport,
    private readonly saveReport: SaveReport,
    private readonly returnReport: ReturnReport,
    private readonly publishReport: PublishReport,
  ) {}

  @Can('evaluation.read')
  @Get('evaluations')
  async list(@CurrentActor() actor: Actor, @Query() filter: ReportListDto): Promise<Page> {
    const { items, next } = await this.unitOfWork.run(actor, (tx) => listReports(tx, filter.after));
    return page('evaluation/console-list', {
      title: 'evaluation:list.title', next: next && `?after=${encodeURIComponent(next)}`,
      items: items.map((item) => ({ ...item, href: home(item.policyId), tone: item.conclusion && TONE_OF_CONCLUSION[item.conclusion] })),
    });
  }

  @Can('evaluation.read')
  @Get('policies/:id/evaluation')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const header = await policyHeader(tx, this.lifeCycle, id);
      const { reports, ...desk } = await evaluationDesk(tx, id);
      const followUps = (await followUpsOf(tx, id)).map((one) => ({ ...one, tone: TONE_OF_FOLLOW_UP[one.state] }));
      return page('evaluation/desk', {
        title: header.title, header, ...desk, followUps, home: home(id), conclusions: CONCLUSIONS, article: EVALUATOR_ARTICLE,
        reports: reports.map((report) => ({ ...report, sides: sidesOf(report.ratings), chart: chartOf(report.ratings), tone: report.conclusion && TONE_OF_CONCLUSION[report.conclusion] })),
      });
    });
  }

  @Can('evaluation.write')
  @FormPage('/console/policies/:id/evaluation')
  @Post('policies/:id/evaluation')
  async open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: OpenReportDto): Promise<SeeOther> {
    await this.openReport.run(actor, id, dto);
    return seeOther(home(id), 'evaluation:flash.opened');
  }

  @Can('evaluation.write')
  @FormPage('/console/policies/:id/evaluation')
  @Post('policies/:id/evaluation/:reportId')
  async save(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('reportId') reportId: string, @Body() dto: SaveReportDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'report', reportId, id);
    await this.saveReport.run(actor, reportId, saveInput(dto));
    return seeOther(home(id), dto.action === 'submit' ? 'evaluation:flash.submitted' : 'evaluation:flash.saved');
  }

  @Can('evaluation.publish')
  @FormPage('/console/policies/:id/evaluation')
  @Post('policies/:id/evaluation/:reportId/publish')
  async publish(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('reportId') reportId: string): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'report', reportId, id);
    await this.publishReport.run(actor, reportId);
    return seeOther(home(id), 'evaluation:flash.published');
  }

  @Can('evaluation.publish')
  @FormPage('/console/policies/:id/evaluation')
  @Post('policies/:id/evaluation/:reportId/return')
  async sendBack(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('reportId') reportId: string, @Body() dto: ReturnReportDto): Promise<SeeOther> {
    await requireWithin(this.unitOfWork, actor, 'report', reportId, id);
    await this.returnReport.run(actor, reportId, dto.returnReason);
    return seeOther(home(id), 'evaluation:flash.returned');
  }
}
