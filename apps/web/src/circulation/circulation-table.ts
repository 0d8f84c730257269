import { type CirculationEntry, replyState } from '@domains/drafting';
import type { IsoDate } from '@platform/kernel';

type Words = (key: string, params?: Record<string, unknown>) => string;

/** The columns of 会签意见采纳情况表. */
export const TABLE_COLUMNS = ['department', 'clause', 'opinion', 'handling', 'reason', 'changed'] as const;

/** 会签意见采纳情况表: a row an opinion; a department without opinions has one that says what it said, and one that did not reply says so. */
export function circulationRows(entries: readonly CirculationEntry[], today: IsoDate, t: Words): string[][] {
  return entries.flatMap((entry) => entry.departments.flatMap(({ department, reply }): string[][] => {
    const signed = reply?.signedAt ? reply : null;
    const state = replyState({ replyOn: entry.replyOn, closed: entry.state === 'closed', signed: signed !== null, late: signed?.late ?? false }, today);
    if (!signed) return [[department, '', t(`circulation:replyState.${state}`), '', state === 'silent' ? t('circulation:table.silent') : '', '']];
    const late = signed.late ? t('circulation:table.late') : '';
    if (signed.opinions.length === 0) return [[department, '', `${t(`circulation:stance.${signed.stance}`)}${late}`, '', signed.statement, '']];
    return signed.opinions.map(({ clauseLabel, text, handling }) => [
      department, clauseLabel || t('circulation:whole'), `${signed.stance === 'disagree' ? t('circulation:table.disagree') : ''}${text}${late}`,
      t(handling ? `circulation:disposition.${handling.disposition}` : 'circulation:unhandled'), handling?.reason ?? '', handling?.changedLabel ?? '',
    ]);
  }));
}
