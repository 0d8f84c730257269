import { listPublicReports, type PublicReport, type PublicReportItem, readPublicReport } from '@domains/evaluation';
import { Public } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CityCode } from '../http';
import { ReportListDto } from './evaluation.dto';

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
