import { ExportPool, type Report } from '@core/documents';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { file, type FileAnswer } from '../http';
import { fileName } from '../policy/policy-documents';

const TYPES = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' };

export type ReportFormat = keyof typeof TYPES;

/** Writes reports of evaluations, in a thread of its own. */
@Injectable()
export class EvaluationExports implements OnApplicationShutdown {
  private readonly pool = new ExportPool();

  async report(report: Report, format: ReportFormat): Promise<FileAnswer> {
    return file(await this.pool.run({ report, format }), { type: TYPES[format], name: fileName([report.title], format) });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
