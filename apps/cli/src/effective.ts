import { effectiveExport } from '@domains/ledger';
import { chinaDate, type Clock, type IsoDate } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { withApplication } from './application';
import { requireCity } from './require-city';

/** A document in force on a day, as `policyloop effective --json` prints it. */
export interface EffectiveLine {
  number: string;
  title: string;
  department: string;
  from: IsoDate;
  /** Last day in force, as far as the day knew; null if no end was set. */
  to: IsoDate | null;
  /** Numbers of the documents that amend it, in the order in which they took effect. */
  amendedBy: string[];
}

/** The documents of a city that are in force on a day (today unless given), newest first. */
export function effectiveLines(city: string, on: string | undefined): Promise<EffectiveLine[]> {
  return withApplication(async (app) => {
    await requireCity(app, city);
    const items = await effectiveExport(app.get(PublicReader), city, on ?? chinaDate(app.get<Clock>(CLOCK).now()));
    return items.map(({ documentNumber, title, department, effectiveFrom, to, amendedBy }) => ({ number: documentNumber, title, department, from: effectiveFrom, to, amendedBy }));
  });
}

export const effectiveForPeople = (lines: readonly EffectiveLine[]): string =>
  lines.map(({ number, title, department, from, to, amendedBy }) => `${number}  ${title}（${department}）  ${from} 至 ${to ?? '未定'}${amendedBy.length > 0 ? `  被修改：${amendedBy.join('、')}` : ''}\n`).join('');
