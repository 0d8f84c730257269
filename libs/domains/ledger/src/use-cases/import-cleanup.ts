import { WorkbookPool } from '@core/documents';
import { type Actor, DomainError, type FieldError } from '@platform/kernel';
import { UnitOfWork } from '@platform/persistence';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { readRows, rowFault, SHEET_ROWS, type SheetWords } from '../domain/cleanup-rows';
import { sheetExport } from '../queries/cleanup-items';
import { ProposeCleanup } from './propose-cleanup';

/** Takes a department's proposals from a workbook, all of them or, if a row is wrong, none. */
@Injectable()
export class ImportCleanup implements OnApplicationShutdown {
  private readonly pool = new WorkbookPool();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly proposeCleanup: ProposeCleanup,
  ) {}

  /**
   * Answers how many. The workbook is read with no transaction open.
   *
   * @throws DomainError invalid `cleanup:error.rows`, with a field error for each wrong row, or for what is no such workbook
   */
  async run(actor: Actor, cleanupId: string, data: Buffer, words: SheetWords): Promise<number> {
    const items = await this.unitOfWork.run(actor, (tx) => sheetExport(tx, cleanupId, actor.tenantId ?? ''));
    if (items.length === 0) throw DomainError.notFound();
    const { rows, faults } = readRows(await this.pool.read(data, SHEET_ROWS), words);
    const idOf = new Map(items.map(({ no, id }) => [no, id]));
    const successors = await this.successors(actor, rows.map(({ replacedBy }) => replacedBy).filter((number) => number !== ''));
    const proposals = rows.flatMap(({ row, no, content, replacedBy }) => {
      const [itemId, successor] = [idOf.get(no), replacedBy === '' ? null : successors.get(replacedBy)];
      if (!itemId) faults.push(rowFault(row, 'cleanup:error.badNo'));
      else if (successor === undefined) faults.push(rowFault(row, 'cleanup:error.noSuccessor'));
      else return [{ row, itemId, content: { ...content, replacedBy: successor } }];
      return [];
    });
    if (faults[0]) throw refusal(faults);
    if (proposals.length === 0) throw DomainError.invalid('cleanup:error.noRows', [{ field: 'file', key: 'cleanup:error.noRows' }]);
    return this.proposeCleanup.many(actor, cleanupId, proposals);
  }

  /** Documents that are out, by their numbers. */
  private async successors(actor: Actor, numbers: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.unitOfWork.run(actor, (tx) => tx.query<{ id: string; number: string }>(
      `SELECT id, document_number AS number FROM policy WHERE city_id = $1 AND document_number = ANY ($2::text[]) AND state = 'published'`, [tx.cityId, numbers]));
    return new Map(rows.map(({ id, number }) => [number, id]));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

/** Rows that a refusal names. */
const NAMED = 50;
const refusal = (faults: FieldError[]): DomainError => DomainError.invalid('cleanup:error.rows', faults.slice(0, NAMED));
