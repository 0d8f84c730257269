import { ExportPool } from '@core/documents';
import type { LedgerRow } from '@domains/ledger';
import { chinaDate, type IsoDate } from '@platform/kernel';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { csv, file, type FileAnswer, VIEWS } from '../http';
import { fileName } from '../policy/policy-documents';
import type { Lang, ViewEngine } from '../view';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Columns with their width in characters. */
const COLUMNS = {
  number: 22, title: 50, kind: 16, department: 18, state: 12, validity: 12, begun: 12, drafting: 12, consulting: 12, reviewing: 12, deliberating: 12, approved: 12, published: 12, from: 12, to: 12, endedOn: 14, lastDay: 14,
  amendedBy: 24, repealed: 24, extended: 8, evaluated: 12, calls: 8, moved: 12,
} as const;
type Column = keyof typeof COLUMNS;

const dayOf = (at: string | null): string => (at === null ? '' : chinaDate(new Date(at)));

/** The rows of the ledger as a file: exactly those of the filter, in its order. A workbook is written in a thread of its own. */
@Injectable()
export class LedgerExports implements OnApplicationShutdown {
  private readonly pool = new ExportPool();

  constructor(@Inject(VIEWS) private readonly views: ViewEngine) {}

  async file({ on, rows }: { on: IsoDate; rows: readonly LedgerRow[] }, format: 'csv' | 'xlsx', lang: Lang): Promise<FileAnswer> {
    const t = (key: string, params?: Record<string, unknown>): string => this.views.translate(lang, key, params);
    const columns = Object.keys(COLUMNS) as Column[];
    const head = columns.map((column) => t(`cityledger:column.${column}`));
    const cells = rows.map((row) => this.cells(row, t)).map((row) => columns.map((column) => row[column]));
    const name = t('cityledger:file', { on });
    if (format === 'csv') return file(csv([head, ...cells.map((row) => row.map(String))]), { type: 'text/csv; charset=utf-8', name: `${name}.csv` });
    const sheet = { name: t('cityledger:sheet', { on }), columns: columns.map((column, at) => ({ head: head[at] ?? '', width: COLUMNS[column] })), rows: cells };
    return file(await this.pool.run({ workbook: [sheet] }), { type: XLSX, name: fileName([name], 'xlsx') });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }

  private cells(row: LedgerRow, t: (key: string) => string): Record<Column, string | number> {
    return {
      number: row.documentNumber ?? '', title: row.title, kind: t(`lifecycle:kind.${row.kind}`), department: row.department, state: t(`lifecycle:state.${row.state}`),
      validity: row.validity ? t(`policy:validity.${row.validity}`) : '', begun: chinaDate(row.begunAt), drafting: dayOf(row.draftingAt), consulting: dayOf(row.consultingAt), reviewing: dayOf(row.reviewingAt),
      deliberating: dayOf(row.deliberatingAt), approved: dayOf(row.approvedAt), published: row.publishedAt ? chinaDate(row.publishedAt) : '', from: row.effectiveFrom ?? '', to: row.effectiveTo ?? '', endedOn: row.endedOn ?? '',
      lastDay: row.lastDay ?? '', amendedBy: row.amendedBy.join('、'), repealed: row.repealed.map(({ label }) => label).join('、'), extended: row.flags.includes('extended') ? t('cityledger:yes') : '',
      evaluated: dayOf(row.evaluatedAt), calls: row.calls, moved: dayOf(row.movedAt),
    };
  }
}
