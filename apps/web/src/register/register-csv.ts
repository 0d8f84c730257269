import { validityOn } from '@core/policy';
import type { RegisterEntry } from '@domains/drafting';
import { chinaDate, type IsoDate } from '@platform/kernel';
import { csv, file, type FileAnswer } from '../http';
import type { Lang, ViewEngine } from '../view';

const COLUMNS = ['number', 'name', 'department', 'approver', 'registrar', 'registered', 'state', 'validity'] as const;

/** The register of a year as a file for spreadsheets, headed in the reader's language. */
export function registerCsv(views: ViewEngine, lang: Lang, year: number, today: IsoDate, items: readonly RegisterEntry[]): FileAnswer {
  const t = (key: string, params?: Record<string, unknown>): string => views.translate(lang, key, params);
  const rows = items.map((item) => {
    const validity = validityOn(item, today);
    return [
      item.number, item.title, item.department, item.approver ?? '', item.registrar ?? '', chinaDate(item.registeredAt), t(`lifecycle:state.${item.state}`),
      validity ? t(`policy:validity.${validity}`) : ''];
  });
  return file(csv([COLUMNS.map((column) => t(`register:column.${column}`)), ...rows]), { type: 'text/csv; charset=utf-8', name: `${t('register:file', { year })}.csv` });
}
