import {
  type CalendarMonth, type Deadline, type DayFigure, dayFigures, type DayUnit, deadline, type Effective, isWorkingDay, parameter, type Parameter, PARAMETERS, periodCalendar, publicParameters,
} from '@core/statutes';
import { DomainError, isDay, type IsoDate } from '@platform/kernel';
import type { PublicReader } from '@platform/persistence';
import { recountHref } from './statute-names';
import type { DeadlineDto } from './statutes.dto';

/** A rule as it held on the day of the event, for the city or the department. */
export interface AppliedRule {
  id: string;
  field: string | null;
  /** What it says, which the days counted may differ from where somebody set it otherwise since. */
  days: number | null;
  from: IsoDate;
  to: IsoDate | null;
  source: { zh: string; en: string };
  confidence: Parameter['confidence'];
  mayBlock: boolean;
  overrides: Effective['overrides'];
}

/** A period counted, with everything that it takes to count it by hand. */
export interface Calculation extends Deadline {
  from: IsoDate;
  days: number;
  unit: DayUnit;
  rule: AppliedRule | null;
  /** Why counting starts the day after. */
  start: AppliedRule | null;
  /** Weekend days that were counted, as they were worked by notice. */
  makeup: IsoDate[];
  /** Whether the last day is one on which offices rest; null where nothing is known of its year. */
  dueRests: boolean | null;
  share: string;
}

const COUNT_FROM = 'cal.count_from';

const applied = (rule: Effective, figure: DayFigure | null): AppliedRule => ({
  id: rule.id, field: figure?.field ?? null, days: figure?.days ?? null, from: rule.from, to: rule.to, source: rule.source, confidence: rule.confidence, mayBlock: rule.mayBlock,
  overrides: rule.overrides.filter((override) => override.field === figure?.field),
});

/** The figure that is meant: the one named, else the one with these days, else the first. */
function figureOf(rule: Effective, field: string | undefined, days: number | null): DayFigure {
  const figures = dayFigures(rule);
  const found = field ? figures.find((figure) => figure.field === field) : figures.find((figure) => figure.days === days) ?? figures[0];
  if (!found) throw DomainError.invalid('statutes:error.noFigure', [{ field: 'param', key: 'statutes:error.noFigure' }]);
  return found;
}

/** Plain digits only: Number('') is 0 and Number('1e3') is 1000. */
const wholeNumber = (text: string | undefined): number => (text && /^\d+$/.test(text) ? Number(text) : Number.NaN);

/** The rules asked for and that of the first day, in force on a day, with what the city added. */
async function rulesOn(reader: PublicReader, cityId: string, id: string, from: IsoDate, department: string | null): Promise<{ rule: Effective | null; start: Effective | null }> {
  if (id && !PARAMETERS.some((version: Parameter) => version.id === id)) throw DomainError.invalid('statutes:error.param', [{ field: 'param', key: 'statutes:error.param', params: { id } }], { id });
  const start = PARAMETERS.find((version: Parameter) => version.id === COUNT_FROM && version.from <= from);
  const asked = [...(id ? [parameter(id, from)] : []), ...(start ? [start] : [])];
  const found = await publicParameters(reader, cityId, asked, from, department);
  return { rule: id ? found[0] ?? null : null, start: start ? found.at(-1) ?? null : null };
}

const restsOn = (day: IsoDate): boolean | null => {
  try {
    return !isWorkingDay(day);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
};

/**
 * Counts what was asked. With a rule and no days it counts what the rule says on the day of the event, with what the city or the department set; with both it
 * counts the days given, so that a count of the past stays what it was. Refuses an unknown rule, one without such days, one not in force on the day, and what
 * `deadline` refuses.
 */
export async function calculate(reader: PublicReader, cityId: string, asked: DeadlineDto & { from: string }): Promise<Calculation> {
  const { from } = asked;
  if (!isDay(from)) throw DomainError.invalid('statutes:error.date', [{ field: 'from', key: 'statutes:error.date', params: { date: from } }], { date: from });
  const [id = '', field] = (asked.param ?? '').split(':');
  const department = asked.department || null;
  const pinned = asked.days ? wholeNumber(asked.days) : null;
  const { rule, start } = await rulesOn(reader, cityId, id, from, department);
  const figure = rule && figureOf(rule, field, pinned);
  const unit = asked.unit || rule?.unit || 'cd';
  const days = pinned ?? figure?.days ?? Number.NaN;
  const counted = deadline({ from, days, unit });
  const cells = periodCalendar({ from, days, unit }).flatMap(({ weeks }) => weeks.flat());
  return {
    from, days, unit, ...counted, rule: rule && applied(rule, figure), start: start && applied(start, null),
    makeup: unit === 'wd' ? cells.flatMap((day) => (day?.kind === 'makeup' && day.part === 'counted' ? [day.date] : [])) : [],
    dueRests: restsOn(counted.due),
    share: recountHref(cityId, { from, days, unit, param: rule && figure ? `${rule.id}:${figure.field}` : null, department }),
  };
}

/** Longer periods are not drawn: nobody reads so many tables. */
export const MAX_MONTHS = 13;

/** The months of a count, or how many they would be. */
export function monthsOf({ from, days, unit }: Calculation): { months: CalendarMonth[]; tooMany: number | null } {
  const months = periodCalendar({ from, days, unit });
  return months.length > MAX_MONTHS ? { months: [], tooMany: months.length } : { months, tooMany: null };
}

/** What one can choose to count by: every period of the library that is in force on a day, as the law has it. */
export const countableOn = (on: IsoDate): { id: string; field: string; several: boolean }[] =>
  PARAMETERS.filter((version: Parameter) => version.from <= on && (version.to === null || on <= version.to))
    .flatMap((version: Parameter) => dayFigures(version).map(({ field }, _index, all) => ({ id: version.id, field, several: all.length > 1 })));

