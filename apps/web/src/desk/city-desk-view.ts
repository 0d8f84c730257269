import { type AnomalyCase, type AnomalyRule, type CityDue, type InFlight, STAGES } from '@core/policy';

/** Conclusions of evaluation that nobody has carried out or refused, as the deadline desk lists them. */
export const CONCLUSION_KINDS = ['evaluation.amend', 'evaluation.abolish'] as const;

/** The bars of the stages, each with the way to its cases, and the table of departments. */
export function stageRows({ stages, departments, total }: InFlight) {
  const ledger = (query: Record<string, string>): string => `/console/ledger?${new URLSearchParams(query).toString()}`;
  return {
    total,
    bars: stages.map(({ stage, count }) => ({ key: `lifecycle:state.${stage}`, value: count, href: ledger({ state: stage }) })),
    stages: stages.map((one) => ({ ...one, href: ledger({ state: one.stage }) })),
    departments: departments.map(({ id, name, total: sum, counts }) => ({
      name, total: sum, href: ledger({ department: id }), cells: STAGES.map((stage) => ({ stage, count: counts[stage], href: counts[stage] > 0 ? ledger({ department: id, state: stage }) : null })),
    })),
  };
}

/** Lines of what is due: what, whose, until or since when, and who is waited for. */
export const dueRows = (items: CityDue['overdue']) => items.map((item) => ({
  ...item, late: item.state === 'overdue', blockers: item.blockedBy.map((one) => ({ ...one, roleKey: one.role && `lifecycle:role.${one.role}` })),
}));

/** A rule with what it has found. */
export const anomalyRows = (rule: AnomalyRule, cases: readonly AnomalyCase[], names: ReadonlyMap<string, string>) => ({
  ...rule, anchor: `a-${rule.key.replace('.', '-')}`, cases: cases.map((one) => ({ ...one, department: names.get(one.departmentId) ?? '' })),
});
