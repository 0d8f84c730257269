import type { CleanupItem, Outcome, PublicCleanupItem, SheetColumn, SheetWords } from '@domains/ledger';
import { PROPOSALS, SHEET_COLUMNS } from '@domains/ledger';
import { chinaDate } from '@platform/kernel';
import type { Sheet } from '@core/documents';
import type { Words } from '../drafting/named-text';

export const CLEANUP_TONES = { running: 'info', decided: 'success', cancelled: 'neutral' } as const;
export const SHEET_TONES = { open: 'warning', signed: 'info', agreed: 'success' } as const;
export const PROPOSAL_TONES: Readonly<Record<Outcome, string>> = { keep: 'success', amend: 'info', abolish: 'danger', lapse: 'danger', ended: 'neutral' };
export const EFFECT_TONES = { pending: 'neutral', held: 'warning', taken_up: 'info', done: 'success', refused: 'neutral' } as const;

/** How columns and proposals are called in either language, to read a workbook that went out in the other. */
export const sheetWords = (languages: readonly Words[]): SheetWords => ({
  columns: new Map(SHEET_COLUMNS.map((column) => [column, languages.map((t) => t(`cleanup:column.${column}`))])),
  proposals: new Map(PROPOSALS.map((one) => [one, languages.map((t) => t(`cleanup:proposal.${one}`))])),
});

const WIDTHS: Readonly<Record<SheetColumn, number>> = {
  no: 6, title: 44, documentNumber: 22, publishedOn: 12, effectiveTo: 12, proposal: 12, reason: 40, amendWhat: 30, amendBy: 12, effectOn: 12, replacedBy: 22,
};

/** A department's list, to be filled in and brought back. */
export function sheetWorkbook(items: readonly (CleanupItem & { successorNumber?: string | null })[], t: Words): Sheet[] {
  return [{
    name: t('cleanup:sheet.workbook'), columns: SHEET_COLUMNS.map((column) => ({ head: t(`cleanup:column.${column}`), width: WIDTHS[column] })),
    rows: items.map((item) => [
      item.no, item.title, item.documentNumber, chinaDate(item.publishedAt), item.effectiveTo ?? '', item.proposal ? t(`cleanup:proposal.${item.proposal}`) : '', item.reason, item.amendWhat, item.amendBy ?? '',
      item.effectOn ?? '', item.successorNumber ?? '']),
  }];
}

const PUBLIC_COLUMNS = ['no', 'title', 'documentNumber', 'department', 'publishedOn', 'outcome', 'effectOn', 'endedOn', 'replacedBy', 'amendWhat', 'amendBy'] as const;
const PUBLIC_WIDTHS: Readonly<Record<(typeof PUBLIC_COLUMNS)[number], number>> = {
  no: 6, title: 44, documentNumber: 22, department: 22, publishedOn: 12, outcome: 14, effectOn: 12, endedOn: 12, replacedBy: 22, amendWhat: 30, amendBy: 12,
};

/** The published lists as a table: its head and its rows. */
export function publicTable(items: readonly PublicCleanupItem[], t: Words): { head: string[]; rows: string[][]; widths: number[] } {
  return {
    head: PUBLIC_COLUMNS.map((column) => t(`cleanup:column.${column}`)), widths: PUBLIC_COLUMNS.map((column) => PUBLIC_WIDTHS[column]),
    rows: items.map((item) => [
      String(item.no), item.title, item.documentNumber, item.department, chinaDate(item.publishedAt), t(`cleanup:outcome.${item.outcome}`), item.effectOn ?? '', item.endedOn ?? '', item.successor ?? '', item.amendWhat, item.amendBy ?? '']),
  };
}
