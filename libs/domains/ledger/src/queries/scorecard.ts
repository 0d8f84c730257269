import type { Measure, MeasureRegistry } from '@core/policy';
import { chinaDate, DomainError, type IsoDate, isId } from '@platform/kernel';
import type { TenantTx } from '@platform/persistence';
import { type ScorePeriod, scorePeriod } from '../domain/score-period';
import { type Figure, type Figures, figuresOf, totalOf, type Weights } from '../domain/scorecard';
import { closedPeriod, type ScorePeriodRow } from '../persistence/score-periods';
import { rulesOn } from './score-rules';

/** Figures of a running period are provisional; those of a closed one are written down; those of a published one are everybody's. */
export type ScoreState = 'running' | 'over' | 'closed' | 'published';

/** A period with the rules that hold for it. */
export interface ScoreFrame extends ScorePeriod {
  state: ScoreState;
  weights: Weights;
  /** Null for the rules that the product begins with; only told while the period is not closed. */
  rulesFrom: IsoDate | null;
  appealDays: number | null;
  closed: ScorePeriodRow | null;
  /** Whether the reader sees every department; else his own alone. */
  all: boolean;
}

export interface ScoreCard {
  departmentId: string;
  department: string;
  figures: Figures;
  total: number | null;
}

/** @throws DomainError not_found for what is no label, and for a period that has not begun */
export async function scoreFrame(tx: TenantTx, label: string): Promise<ScoreFrame> {
  const period = scorePeriod(label);
  const today = chinaDate(tx.at);
  if (period.from > today) throw DomainError.notFound();
  const closed = await closedPeriod(tx, label);
  const all = tx.actor.scope === 'city' || (closed?.publishedAt ?? null) !== null;
  if (closed) return { ...period, state: closed.publishedAt ? 'published' : 'closed', weights: closed.weights, rulesFrom: null, appealDays: null, closed, all };
  const { weights, validFrom, appealDays } = await rulesOn(tx, period.from);
  return { ...period, state: period.to < today ? 'over' : 'running', weights, rulesFrom: validFrom, appealDays, closed: null, all };
}

/** Figures of an edition, by department. */
async function figuresIn(tx: TenantTx, periodId: string, edition: number): Promise<Map<string, Partial<Record<Measure, Figure>>>> {
  const rows = await tx.query<Figure & { tenantId: string; measure: Measure }>(
    'SELECT tenant_id AS "tenantId", measure, met, counted FROM scorecard_figure WHERE city_id = $1 AND period_id = $2 AND edition = $3', [tx.cityId, periodId, edition]);
  const all = new Map<string, Partial<Record<Measure, Figure>>>();
  for (const { tenantId, measure, met, counted } of rows) all.set(tenantId, { ...all.get(tenantId), [measure]: { met, counted } });
  return all;
}

/** The card of each department that the reader may see, or of the one that is asked for; by name. As many statements as there are measures, whatever the number of departments. */
export async function scoreCards(tx: TenantTx, measures: MeasureRegistry, frame: ScoreFrame, departmentId?: string): Promise<ScoreCard[]> {
  if (departmentId !== undefined && (!isId(departmentId) || !(frame.all || departmentId === tx.actor.tenantId))) throw DomainError.notFound();
  const only = departmentId ?? (frame.all ? null : tx.actor.tenantId);
  const departments = await tx.query<{ id: string; name: string }>('SELECT id, short_name AS name FROM department WHERE city_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY short_name, id', [tx.cityId, only]);
  if (departmentId !== undefined && departments.length === 0) throw DomainError.notFound();
  const figures = frame.closed ? await figuresIn(tx, frame.closed.id, frame.closed.edition) : figuresOf(await measures.cases(tx, frame, only));
  return departments.map(({ id, name }) => {
    const own = figures.get(id) ?? {};
    return { departmentId: id, department: name, figures: own, total: totalOf(own, frame.weights) };
  });
}

/** Every label that was closed, newest first. */
export const closedLabels = (tx: TenantTx): Promise<{ label: string; publishedAt: Date | null }[]> =>
  tx.query('SELECT label, published_at AS "publishedAt" FROM scorecard_period WHERE city_id = $1 ORDER BY from_on DESC, label LIMIT 40', [tx.cityId]);

export interface TrendEntry {
  label: string;
  departmentId: string;
  total: number | null;
}

/** Totals of closed years before one, oldest first, of one department or of all that the reader may see; the last edition of each, by the weights of its own year. */
export async function scoreTrend(tx: TenantTx, before: IsoDate, departmentId: string | null): Promise<TrendEntry[]> {
  const rows = await tx.query<{ label: string; weights: Weights; departmentId: string; figures: Figures }>(
    `SELECT s.label, s.weights, f.tenant_id AS "departmentId", json_object_agg(f.measure, json_build_object('met', f.met, 'counted', f.counted)) AS figures
     FROM scorecard_period s JOIN scorecard_figure f ON f.city_id = s.city_id AND f.period_id = s.id AND f.edition = s.edition
     WHERE s.city_id = $1 AND s.label !~ 'Q' AND s.from_on < $2::date AND s.from_on >= ($2::date - interval '9 years') AND ($3::uuid IS NULL OR f.tenant_id = $3)
     GROUP BY s.city_id, s.id, f.tenant_id ORDER BY s.label`, [tx.cityId, before, departmentId]);
  return rows.map(({ label, weights, departmentId: id, figures }) => ({ label, departmentId: id, total: totalOf(figures, weights) }));
}
