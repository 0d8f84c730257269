import type { CityPlanState, EntryState, PlanProgress, ProgressState, PublicPlan, PublicPlanEntry } from '@domains/drafting';
import { csv, file, type FileAnswer } from '../http';
import type { Lang, ViewEngine } from '../view';

export const TONE_OF_CITY_PLAN: Readonly<Record<CityPlanState, string>> = { collecting: 'info', proposed: 'warning', approved: 'success' };
export const TONE_OF_ENTRY: Readonly<Record<EntryState, string>> = { submitted: 'info', listed: 'success', merged: 'info', moved: 'neutral', refused: 'neutral', cancelled: 'neutral' };
export const TONE_OF_PROGRESS: Readonly<Record<ProgressState | 'cancelled', string>> = { waiting: 'neutral', under_way: 'info', done: 'success', dropped: 'neutral', cancelled: 'neutral' };

/** A month in the reader's language: its first day is formatted and the day left off by the caller's words. */
export const monthParts = (month: string | null): { year: number; month: number } | null => (month ? { year: Number(month.slice(0, 4)), month: Number(month.slice(5)) } : null);

/** The names of departments as one text. */
export const namesOf = (departments: readonly string[]): string => departments.join('、');

/** Figures over the public plan: how many matters, done, under way, not begun, overdue. What was taken off does not count. */
export function figuresOf(entries: readonly PublicPlanEntry[]): Record<'total' | 'done' | 'under_way' | 'waiting' | 'overdue', number> {
  const count = (is: (entry: PublicPlanEntry) => boolean): number => entries.filter(is).length;
  return {
    total: count((entry) => entry.progress !== 'cancelled'), done: count((entry) => entry.progress === 'done'), under_way: count((entry) => entry.progress === 'under_way'),
    waiting: count((entry) => entry.progress === 'waiting'), overdue: count((entry) => entry.overdue),
  };
}

type Say = (key: string, params?: Record<string, unknown>) => string;
const inWords = (views: ViewEngine, lang: Lang): Say => (key, params) => views.translate(lang, key, params);
const asFile = (rows: readonly (readonly string[])[], name: string): FileAnswer => file(csv(rows), { type: 'text/csv; charset=utf-8', name: `${name}.csv` });

const PUBLIC_COLUMNS = ['position', 'title', 'kind', 'lead', 'together', 'due', 'progress', 'overdue', 'note'] as const;

/** The public plan as a file for spreadsheets, headed in the reader's language. */
export function planCsv(views: ViewEngine, lang: Lang, plan: PublicPlan): FileAnswer {
  const t = inWords(views, lang);
  const rows = plan.entries.map((entry) => [
    String(entry.position), entry.title, t(`drafting:planKind.${entry.kind}`), lang === 'en' ? entry.departmentEn : entry.department, namesOf(entry.coDepartments), entry.dueMonth,
    t(`plan:progress.${entry.progress}`), entry.overdue ? t('plan:yes') : '', entry.note]);
  return asFile([PUBLIC_COLUMNS.map((column) => t(`plan:column.${column}`)), ...rows], t('plan:public.file', { year: plan.year, edition: plan.edition }));
}

const PROGRESS_COLUMNS = ['title', 'kind', 'year', 'department', 'person', 'due', 'progress', 'state', 'overdueDays'] as const;

/** The progress of the plan's items as a file for spreadsheets. */
export function progressCsv(views: ViewEngine, lang: Lang, items: readonly PlanProgress[]): FileAnswer {
  const t = inWords(views, lang);
  const rows = items.map((item) => [
    item.title, t(`drafting:planKind.${item.kind}`), String(item.year), item.department, item.leadPerson ?? '', item.dueMonth ?? '', t(`plan:progress.${item.progress}`),
    item.policyState ? t(`lifecycle:state.${item.policyState}`) : t(`drafting:planState.${item.state}`), item.overdueDays ? String(item.overdueDays) : '']);
  return asFile([PROGRESS_COLUMNS.map((column) => t(`plan:column.${column}`)), ...rows], t('plan:progressPage.file'));
}
