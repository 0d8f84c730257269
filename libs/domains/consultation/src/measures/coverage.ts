import { KIND_RULES, type MeasureCase, type MeasureSource, type PolicyKind } from '@core/policy';
import { parameter } from '@core/statutes';
import type { IsoDate } from '@platform/kernel';
import { minimumsFor, type WindowRule } from '../domain/window';

interface Held {
  rules: WindowRule[];
  openedOn: IsoDate;
  lastDay: IsoDate;
  /** A reason for a shorter time was published. */
  shortened: boolean;
  /** Its result was out before the policy was. */
  resultOut: boolean;
}

interface Row {
  id: string;
  tenantId: string;
  title: string;
  kind: PolicyKind;
  affectsMarket: boolean;
  publishedOn: IsoDate;
  held: Held[];
}

/** From worst to best, so that of several consultations the one that went furthest tells how the policy stands. */
const RANKS = ['noConsultation', 'tooShort', 'noResult', 'shortened', 'consulted'] as const;

const standingOf = ({ rules, lastDay, shortened, resultOut }: Held): number => {
  const short = rules.filter(({ due }) => lastDay < due);
  if (short.some(({ shortenable }) => !(shortenable && shortened))) return 1;
  if (!resultOut) return 2;
  return short.length > 0 ? 3 : 4;
};

/** The longest of the minimums; null where none was written down. */
const longest = (rules: readonly WindowRule[]): WindowRule | null => rules.reduce<WindowRule | null>((worst, rule) => (worst && worst.due >= rule.due ? worst : rule), null);

/**
 * Policies published in the period that the public had to be asked about: asked long enough, by the minimums written down when the window was opened, and told the result before
 * the publication.
 */
export const consultationCoverage: MeasureSource = {
  key: 'consultation.coverage',
  async cases(tx, { begins, ends, departmentId, today }) {
    const kinds = (Object.keys(KIND_RULES) as PolicyKind[]).filter((kind) => KIND_RULES[kind].consultation);
    const rows = await tx.query<Row>(
      `SELECT p.id, p.tenant_id AS "tenantId", p.title, p.kind, p.affects_market AS "affectsMarket", (p.published_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "publishedOn",
         coalesce((SELECT json_agg(json_build_object('rules', coalesce(c.basis -> 'rules', '[]'), 'openedOn', (c.opens_at AT TIME ZONE 'Asia/Shanghai')::date,
             'lastDay', ((c.closes_at - interval '1 millisecond') AT TIME ZONE 'Asia/Shanghai')::date, 'shortened', c.shortened_reason IS NOT NULL,
             'resultOut', coalesce(c.result_published_at <= p.published_at, false)) ORDER BY c.opens_at, c.id)
           FROM consultation c WHERE c.city_id = $1 AND c.policy_id = p.id AND c.state <> 'open' AND c.closed_at <= p.published_at), '[]') AS held
       FROM policy p WHERE p.city_id = $1 AND p.published_at >= $3 AND p.published_at < $4 AND p.kind = ANY ($5) AND ($2::uuid IS NULL OR p.tenant_id = $2)`,
      [tx.cityId, departmentId, begins, ends, kinds]);
    return rows.map((row): MeasureCase => {
      const [best] = row.held.map((held) => ({ held, rank: standingOf(held) })).sort((a, b) => b.rank - a.rank);
      const rank = best?.rank ?? 0;
      const rule = longest(best?.held.rules ?? []);
      const [necessary] = minimumsFor(row);
      return {
        key: `coverage/${row.id}`, measure: 'consultation', what: 'coverage', departmentId: row.tenantId, policyId: row.id, title: row.title, href: `/console/policies/${row.id}/consultation`,
        from: best?.held.openedOn ?? null, limit: rule?.due ?? null, done: best?.held.lastDay ?? null, state: rank >= 3 ? 'met' : 'missed', why: RANKS[rank] ?? 'noConsultation',
        article: rule?.source.zh ?? (necessary ? parameter(necessary, today).source.zh : ''),
      };
    });
  },
};
