import { type Measure, MeasureRegistry, MEASURES } from '@core/policy';
import { closedLabels, CloseScores, oversees, PublishScores, scoreAppeals, type ScoreCase, scoreCards, scoreCases, scoreDifferences, scoreEditions, type ScoreFrame, scoreFrame, scoreTrend, STANDINGS, yearAt } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, DomainError } from '@platform/kernel';
import { type TenantTx, UnitOfWork } from '@platform/persistence';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, FormPage, Language, type Page, page, seeOther, type SeeOther } from '../http';
import type { Lang } from '../view';
import { cardRows, formulaOf, home, type MeasureNote, measureNotes, measuresOf, scoreBars, scoreTrendChart, shown, TONE_OF_STANDING, TONE_OF_STATE } from './score-view';
import { PublishScoresDto, ScoreCasesDto, ScoreListDto } from './scorecard.dto';

/** Cases of one page. */
const PAGE = 50;

/** What the head of every page of a period shows. */
const headOf = (frame: ScoreFrame) => ({ frame, tone: TONE_OF_STATE[frame.state], home: `${home}/${frame.label}`, isYear: frame.quarter === null });

/** The scorecard of departments: a period, a department, the cases behind a figure; closing and publishing. */
@Controller('console/scorecard')
export class ScorecardConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly measures: MeasureRegistry,
    private readonly closeScores: CloseScores,
    private readonly publishScores: PublishScores,
  ) {}

  @Can('ledger.read_scorecard')
  @Get()
  front(@CurrentActor() actor: Actor, @Query() { period }: ScoreListDto): Promise<SeeOther> {
    return this.unitOfWork.run(actor, async (tx) => seeOther(`${home}/${encodeURIComponent(period || yearAt(tx.at))}`));
  }

  @Can('ledger.read_scorecard')
  @Get(':period')
  show(@CurrentActor() actor: Actor, @Param('period') label: string, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await scoreFrame(tx, label);
      const rows = cardRows(frame, await scoreCards(tx, this.measures, frame));
      const keeps = oversees(tx.actor);
      const appeals = frame.closed ? await scoreAppeals(tx, label) : [];
      const open = appeals.filter(({ decision }) => decision === null).length;
      const waits = frame.closed !== null && chinaDate(tx.at) <= frame.closed.appealUntil;
      return page('scorecard/show', {
        title: 'scorecard:show.title', titleParams: { period: label }, ...headOf(frame), rows, bars: scoreBars(rows), notes: await measureNotes(tx, frame.weights, lang), choices: await this.choices(tx, label),
        appeals: { all: appeals.length, open }, mayClose: keeps && frame.state === 'over', publishing: keeps && frame.state === 'closed' && { waits, open, own: frame.closed?.closedBy === tx.actor.accountId }, keeps,
      });
    });
  }

  /** The running year with its quarters that have begun, the year before, and what was closed. */
  private async choices(tx: TenantTx, current: string): Promise<{ value: string; state: 'open' | 'closed' }[]> {
    const year = Number(yearAt(tx.at));
    const quarter = Math.ceil(Number(chinaDate(tx.at).slice(5, 7)) / 3);
    const closed = await closedLabels(tx);
    const labels = new Set([String(year), ...Array.from({ length: quarter }, (_none, at) => `${year}Q${at + 1}`), String(year - 1), `${year - 1}Q4`, ...closed.map(({ label }) => label), current]);
    return [...labels].sort().reverse().map((value) => ({ value, state: closed.some(({ label }) => label === value) ? 'closed' : 'open' }));
  }

  @Can('ledger.keep_scorecard')
  @FormPage('/console/scorecard/:period')
  @Post(':period/close')
  async close(@CurrentActor() actor: Actor, @Param('period') label: string): Promise<SeeOther> {
    await this.closeScores.run(actor, label);
    return seeOther(`${home}/${label}`, 'scorecard:flash.closed');
  }

  @Can('ledger.keep_scorecard')
  @FormPage('/console/scorecard/:period')
  @Post(':period/publish')
  async publish(@CurrentActor() actor: Actor, @Param('period') label: string, @Body() { edition, overview = '', problems = '', demands = '' }: PublishScoresDto): Promise<SeeOther> {
    await this.publishScores.run(actor, label, Number(edition), { overview, problems, demands });
    return seeOther(`${home}/${label}`, 'scorecard:flash.published');
  }

  @Can('ledger.read_scorecard')
  @Get(':period/history')
  history(@CurrentActor() actor: Actor, @Param('period') label: string): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await scoreFrame(tx, label);
      if (!frame.closed) throw DomainError.notFound();
      const differences = await scoreDifferences(tx, this.measures, frame);
      return page('scorecard/history', {
        title: 'scorecard:history.title', titleParams: { period: label }, ...headOf(frame), editions: await scoreEditions(tx, frame.closed.id), differences: differences.slice(0, 200), more: Math.max(0, differences.length - 200), now: tx.at,
      });
    });
  }

  @Can('ledger.read_scorecard')
  @Get(':period/:department')
  department(@CurrentActor() actor: Actor, @Param('period') label: string, @Param('department') departmentId: string, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const frame = await scoreFrame(tx, label);
      const card = await this.card(tx, frame, departmentId);
      const measures = measuresOf(frame, card);
      const notes = await measureNotes(tx, frame.weights, lang);
      const trend = frame.quarter === null ? await scoreTrend(tx, frame.from, departmentId) : [];
      const years = frame.quarter === null ? [...trend, { label, departmentId, total: card.total }] : [];
      return page('scorecard/department', {
        title: 'scorecard:department.title', titleParams: { department: card.department, period: label }, ...headOf(frame), card, measures: measures.map((one) => ({ ...one, articles: articlesOf(notes, one.measure) })),
        total: shown(card.total), formula: formulaOf(measures, card.total), trend: scoreTrendChart(years),
        bars: measures.flatMap(({ measure, share, href, shown: value }) => (share === null ? [] : [{ key: `scorecard:measure.${measure}`, href, value: share, shown: value }])),
      });
    });
  }

  private async card(tx: TenantTx, frame: ScoreFrame, departmentId: string) {
    const [card] = await scoreCards(tx, this.measures, frame, departmentId);
    if (!card) throw DomainError.notFound();
    return card;
  }

  @Can('ledger.read_scorecard')
  @Get(':period/:department/:measure')
  cases(@CurrentActor() actor: Actor, @Param('period') label: string, @Param('department') departmentId: string, @Param('measure') measure: string, @Query() { standing, after }: ScoreCasesDto, @Language() lang: Lang): Promise<Page> {
    return this.unitOfWork.run(actor, async (tx) => {
      const wanted = MEASURES.find((one) => one === measure);
      if (!wanted) throw DomainError.notFound();
      const frame = await scoreFrame(tx, label);
      const [department] = await tx.query<{ name: string }>('SELECT short_name AS name FROM department WHERE city_id = $1 AND id::text = $2', [tx.cityId, departmentId.toLowerCase()]);
      const all = await scoreCases(tx, this.measures, frame, departmentId, wanted);
      if (!department) throw DomainError.notFound();
      const chosen = all.filter((one) => !standing || one.standing === standing);
      const start = after ? chosen.findIndex(({ key }) => key === after) + 1 : 0;
      const items = chosen.slice(start, start + PAGE);
      const last = items.at(-1);
      const base = `${home}/${label}/${departmentId}/${wanted}`;
      const mayAppeal = frame.state === 'closed' && departmentId === tx.actor.tenantId && actor.roles.some((role) => role === 'drafter' || role === 'department_head') && frame.closed !== null && chinaDate(tx.at) <= frame.closed.appealUntil;
      const count = (state: string): number => all.filter((one) => one.standing === state).length;
      const counted = count('met') + count('missed');
      return page('scorecard/cases', {
        title: 'scorecard:cases.title', titleParams: { department: department.name, period: label }, ...headOf(frame), department: department.name, cardHref: `${home}/${label}/${departmentId}`, measure: wanted, met: count('met'), counted,
        share: counted === 0 ? null : shown((100 * count('met')) / counted), items: items.map((item) => caseRow(item, frame, mayAppeal)), articles: articlesOf(await measureNotes(tx, frame.weights, lang), wanted),
        tabs: [{ label: 'all', href: base, count: all.length, current: !standing }, ...STANDINGS.filter((one) => count(one) > 0).map((one) => ({ label: one, href: `${base}?standing=${one}`, count: count(one), current: standing === one }))],
        next: last && start + PAGE < chosen.length ? `?${new URLSearchParams({ ...(standing ? { standing } : {}), after: last.key }).toString()}` : null,
      });
    });
  }
}

const articlesOf = (notes: readonly MeasureNote[], measure: Measure): MeasureNote['articles'] => notes.find((one) => one.measure === measure)?.articles ?? [];

const caseRow = (item: ScoreCase, { label }: ScoreFrame, mayAppeal: boolean) => ({
  ...item, tone: TONE_OF_STANDING[item.standing], appealHref: item.appealId && `/console/scorecard-appeals/${item.appealId}`,
  objectHref: mayAppeal && item.appealId === null && item.state === 'missed' ? `/console/scorecard-appeals/new/${label}?${new URLSearchParams({ case: item.key }).toString()}` : null,
});
