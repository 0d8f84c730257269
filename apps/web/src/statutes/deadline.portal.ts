import { type CalendarDay, type CalendarMonth } from '@core/statutes';
import { Public } from '@platform/identity';
import { chinaDate, type Clock, DomainError, type IsoDate } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Cities, CityCode, Language, type Page, page, VIEWS } from '../http';
import type { Lang, ViewEngine } from '../view';
import { type AppliedRule, calculate, type Calculation, countableOn, MAX_MONTHS, monthsOf } from './calculation';
import { nameKey, statuteHref } from './statute-names';
import { DeadlineDto } from './statutes.dto';

/** A citizen counts a statutory period himself: by a rule of the library or by his own figure, every day shown with its reason. */
@Controller(':city/deadline')
export class DeadlinePortal {
  constructor(
    private readonly cities: Cities,
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewEngine,
  ) {}

  @Public()
  @Get()
  async show(@CityCode() cityId: string, @Query() asked: DeadlineDto, @Language() lang: Lang): Promise<Page> {
    if (!(await this.cities.find(cityId))) throw DomainError.notFound();
    const from = asked.from || chinaDate(this.clock.now());
    const departments = await this.reader.query('SELECT id, name FROM department WHERE city_id = $1 ORDER BY name', [cityId]);
    return page('statutes/deadline', {
      title: 'statutes:calc.title', input: { ...asked, from, days: asked.days || '30', unit: asked.unit || 'cd' }, departments, rules: this.choices(lang, from),
      ...(asked.param || asked.days ? await this.count(cityId, { ...asked, from }) : {}),
    });
  }

  private choices(lang: Lang, on: IsoDate): { value: string; label: string }[] {
    const t = (key: string): string => this.views.translate(lang, key);
    return countableOn(on).map(({ id, field, several }) => ({ value: `${id}:${field}`, label: several ? `${t(nameKey(id))} · ${t(`statutes:figure.${field}`)}` : t(nameKey(id)) }));
  }

  /** The result, or the refusal in its own words: a question asked wrongly is answered on the page and not by an error page. */
  private async count(cityId: string, asked: DeadlineDto & { from: string }) {
    try {
      const found = await calculate(this.reader, cityId, asked);
      const { months, tooMany } = monthsOf(found);
      return { result: { ...resultView(cityId, found), months: months.map(monthView), tooMany, maxMonths: MAX_MONTHS }, chosen: found.rule && `${found.rule.id}:${found.rule.field ?? ''}` };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { refusal: { key: error.key, params: error.details.params }, chosen: asked.param };
    }
  }
}

const ruleView = (cityId: string, rule: AppliedRule | null) =>
  rule && { ...rule, nameKey: nameKey(rule.id), href: statuteHref(cityId, rule.id), unverified: !rule.mayBlock };

function resultView(cityId: string, found: Calculation) {
  const skipped = found.skipped.map(({ date, why }) => ({ date, weekend: why === 'weekend', holiday: why.startsWith('holiday:') ? why.slice('holiday:'.length) : null }));
  const query = found.share.slice(found.share.indexOf('?'));
  return {
    ...found, skipped, zero: found.days === 0, next: new Date(Date.parse(found.from) + 86_400_000).toISOString().slice(0, 10), rule: ruleView(cityId, found.rule), start: ruleView(cityId, found.start),
    differs: found.rule?.days != null && found.rule.days !== found.days, restDue: found.unit === 'cd' && found.dueRests === true, jsonHref: `/api/v1/cities/${cityId}/deadline${query}`,
  };
}

/** What a day is called in words, for who does not see the colours; `weekendCounted` and `holidayCounted` are days of a period in calendar days. */
function wordsOf({ part, kind }: CalendarDay): string {
  if (part !== 'counted') return part === 'skipped' ? (kind ?? 'weekend') : part;
  if (kind === 'makeup') return 'makeup';
  return kind === null ? 'counted' : `${kind}Counted`;
}

/** The sign that stands in a cell; the last day has its own beside it. */
function signOf({ part, kind }: CalendarDay): string | null {
  if (part === 'start') return 'start';
  return part === 'outside' ? null : kind;
}

/** Data of `month-table`. */
const monthView = ({ year, month, weeks }: CalendarMonth) => ({
  year, month, weeks: weeks.map((week) => week.map((day) => day && { day: day.day, part: day.part, sign: signOf(day), words: wordsOf(day), holiday: day.holiday, nth: day.nth, due: day.due })),
});
