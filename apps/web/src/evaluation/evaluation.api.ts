import {
  type DeskReportItem, type EvaluationDesk, evaluationDesk, listPublicReports, listReports, OpenReport, type PublicReport, type PublicReportItem, PublishReport,
  readPublicReport, ReturnReport, SaveReport,
} from '@domains/evaluation';
import { Can, Public } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import { PublicReader, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CityCode, CurrentActor } from '../http';
import { ReportDto } from './evaluation.api.dto';
import { OpenReportDto, ReportListDto, ReturnReportDto } from './evaluation.dto';

@ApiTags('evaluation')
@Controller('api/v1/cities/:city/evaluations')
export class EvaluationApi {
  constructor(private readonly reader: PublicReader) {}

  /** Published reports, newest first, twenty at a time; `next` goes into `after`. */
  @Public()
  @Get()
  list(@CityCode() cityId: string, @Query() filter: ReportListDto): Promise<{ items: PublicReportItem[]; next: string | null }> {
    return listPublicReports(this.reader, cityId, filter.after);
  }

  /** One report with the ratings of every side. */
  @Public()
  @Get(':id')
  show(@CityCode() cityId: string, @Param('id') id: string): Promise<PublicReport> {
    return readPublicReport(this.reader, cityId, id);
  }
}

/** The evaluations of one's own department, from their opening to their publication. */
@ApiTags('evaluation')
@ApiBearerAuth()
@Controller('api/v1')
export class EvaluationDeskApi {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly openReport: OpenReport,
    private readonly saveReport: SaveReport,
    private readonly returnReport: ReturnReport,
    private readonly publishReport: PublishReport,
  ) {}

  @Can('evaluation.read')
  @Get('evaluations')
  list(@CurrentActor() actor: Actor, @Query() filter: ReportListDto): Promise<{ items: DeskReportItem[]; next: string | null }> {
    return this.unitOfWork.run(actor, (tx) => listReports(tx, filter.after));
  }

  @Can('evaluation.read')
  @Get('policies/:id/evaluations')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<EvaluationDesk> {
    return this.unitOfWork.run(actor, (tx) => evaluationDesk(tx, id));
  }

  @Can('evaluation.write')
  @Post('policies/:id/evaluations')
  async open(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() dto: OpenReportDto): Promise<{ id: string }> {
    return { id: await this.openReport.run(actor, id, dto) };
  }

  /** Saves a report; with `submit` it is handed in and must be whole. */
  @Can('evaluation.write')
  @HttpCode(204)
  @Put('evaluations/:reportId')
  save(@CurrentActor() actor: Actor, @Param('reportId') reportId: string, @Body() dto: ReportDto): Promise<void> {
    return this.saveReport.run(actor, reportId, dto);
  }

  @Can('evaluation.publish')
  @HttpCode(204)
  @Post('evaluations/:reportId/publication')
  publish(@CurrentActor() actor: Actor, @Param('reportId') reportId: string): Promise<void> {
    return this.publishReport.run(actor, reportId);
  }

  @Can('evaluation.publish')
  @HttpCode(204)
  @Post('evaluations/:reportId/return')
  sendBack(@CurrentActor() actor: Actor, @Param('reportId') reportId: string, @Body() dto: ReturnReportDto): Promise<void> {
    return this.returnReport.run(actor, reportId, dto.returnReason);
  }
}
