/** Three-valued, after Kleene: what is not known is neither met nor unmet. */
export type Verdict = 'met' | 'unmet' | 'unknown';

export const OPERATORS = ['=', '!=', '>=', '<=', '>', '<', 'in', 'has'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One condition of a call over one fact of the enterprise's register entry, with the clause that asks for it. */
export interface Condition {
  fact: string;
  operator: Operator;
  /** A number, a word, yes/no; for `in` the words that will do. */
  value: number | string | boolean | string[];
  /** The condition in the citizen's words. */
  label: string;
  /** Identity of the clause it comes from. */
  clause: string;
}

export interface ConditionResult extends Condition {
  verdict: Verdict;
  /** What the register says; null where it says nothing. */
  actual: string | null;
}

export type Facts = Readonly<Record<string, unknown>>;

/**
 * Whether the facts meet a condition. A fact that is absent, null, empty, not a finite number where a number is needed, or of another type than
 * the condition's, is unknown: it goes to a person and never passes by itself.
 */
export function evaluate({ fact, operator, value }: Pick<Condition, 'fact' | 'operator' | 'value'>, facts: Facts): Verdict {
  const actual = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
  if (actual === undefined || actual === null || actual === '') return 'unknown';
  const answer = (holds: boolean): Verdict => (holds ? 'met' : 'unmet');
  switch (operator) {
    case 'in':
      return typeof actual === 'string' && Array.isArray(value) ? answer(value.includes(actual)) : 'unknown';
    case 'has':
      return Array.isArray(actual) && typeof value === 'string' ? answer(actual.includes(value)) : 'unknown';
    case '=': case '!=':
      if (typeof actual !== typeof value || (typeof actual === 'number' && !Number.isFinite(actual)) || Array.isArray(value)) return 'unknown';
      return answer((actual === value) === (operator === '='));
    case '>=': case '<=': case '>': case '<': {
      if (typeof actual !== 'number' || !Number.isFinite(actual) || typeof value !== 'number') return 'unknown';
      return answer({ '>=': actual >= value, '<=': actual <= value, '>': actual > value, '<': actual < value }[operator]);
    }
  }
}

const shown = (value: unknown): string | null =>
  value === undefined || value === null || value === '' ? null : Array.isArray(value) ? value.join('、') : String(value);

/** Each condition with its verdict and what the register says. */
export const match = (conditions: readonly Condition[], facts: Facts): ConditionResult[] =>
  conditions.map((condition) => ({ ...condition, verdict: evaluate(condition, facts), actual: shown(Object.hasOwn(facts, condition.fact) ? facts[condition.fact] : null) }));

/** All together: one unmet condition decides; else one unknown leaves it open; no condition at all is met. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('unmet')) return 'unmet';
  return verdicts.includes('unknown') ? 'unknown' : 'met';
}

const LINE = /^([A-Za-z_][A-Za-z0-9_]*)\s*(>=|<=|!=|=|>|<|\bin\b|\bhas\b)\s*([^|]+?)\s*\|\s*([^|]+?)\s*\|\s*([^|]+?)$/;

function parseValue(text: string, operator: Operator): Condition['value'] | null {
  if (operator === 'in') return text.split(/[,，、]/).map((word) => word.trim()).filter(Boolean);
  if (operator === 'has') return text;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (operator !== '=' && operator !== '!=') return null;
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/**
 * Reads conditions written one a line as `fact operator value | in words | clause`, for instance
 * `revenueYuan >= 20000000 | 上年度营业收入不低于2000万元 | art_5`. Answers the number of the first line it cannot read, from 1.
 */
export function parseConditions(text: string): { conditions: Condition[] } | { badLine: number } {
  const conditions: Condition[] = [];
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const found = LINE.exec(line.trim());
    if (!found) return { badLine: index + 1 };
    const [, fact = '', operator = '', raw = '', label = '', clause = ''] = found;
    const value = parseValue(raw, operator as Operator);
    if (value === null) return { badLine: index + 1 };
    conditions.push({ fact, operator: operator as Operator, value, label, clause });
  }
  return { conditions };
}
