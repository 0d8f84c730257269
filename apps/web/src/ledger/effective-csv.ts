import type { EffectiveItem } from '@domains/ledger';
import { chinaDate } from '@platform/kernel';
import { csv, file, type FileAnswer } from '../http';
import type { Lang, ViewEngine } from '../view';

const COLUMNS = ['name', 'number', 'kind', 'department', 'published', 'from', 'to', 'ends', 'amendedBy', 'repealed'] as const;

/** The effective list of a day as a file for spreadsheets, headed in the reader's language. */
export function effectiveCsv(views: ViewEngine, lang: Lang, on: string, items: readonly EffectiveItem[]): FileAnswer {
  const t = (key: string, params?: Record<string, unknown>): string => views.translate(lang, key, params);
  const rows = items.map((item) => [
    item.title, item.documentNumber, t(`lifecycle:kind.${item.kind}`), item.department, chinaDate(item.publishedAt), item.effectiveFrom, item.effectiveTo ?? '', item.endedOn ?? '',
    item.amendedBy.join('、'), item.repealed.map(({ label }) => label).join('、')]);
  return file(csv([COLUMNS.map((column) => t(`ledger:effective.${column}`)), ...rows]), { type: 'text/csv; charset=utf-8', name: `${t('ledger:effective.file', { on })}.csv` });
}
