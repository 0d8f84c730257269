import { ExportPool, type Report, type Sheet } from '@core/documents';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { file, type FileAnswer } from '../http';
import { fileName } from '../policy/policy-documents';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Writes what is saved from a consultation, in a thread of its own. */
@Injectable()
export class ConsultationExports implements OnApplicationShutdown {
  private readonly pool = new ExportPool();

  async report(report: Report): Promise<FileAnswer> {
    return file(await this.pool.run({ report }), { type: DOCX, name: fileName([report.title], 'docx') });
  }

  async workbook(names: readonly string[], workbook: readonly Sheet[]): Promise<FileAnswer> {
    return file(await this.pool.run({ workbook }), { type: XLSX, name: fileName([...names], 'xlsx') });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
