import type { Answers, Definition } from '@core/questionnaire';
import fc from 'fast-check';
import { weigh } from './estimate';
import { type SurveyQuestion, type SurveyResponse, surveyResults } from './results';

const MINIMUM = 5;
const common = { text: '', help: null, required: false, askedIf: null };
const single = (choices: number): Definition => ({ v: 1, intro: '', sections: [{ id: 's1', title: '', askedIf: null, questions: [{ ...common, id: 'q1', kind: 'single', other: null, choices: Array.from({ length: choices }, (_none, at) => ({ id: `c${at + 1}`, label: '' })) }] }] });
const scale: Definition = { v: 1, intro: '', sections: [{ id: 's1', title: '', askedIf: null, questions: [{ ...common, id: 'q1', kind: 'scale', from: 1, to: 4, low: '', high: '' }] }] };

/** Answers to one question from counts: strata down, choices across, the last "no answer". */
function resultsOf(definition: Definition, counts: readonly (readonly number[])[], frames: readonly number[]) {
  const kind = definition.sections[0]?.questions[0]?.kind;
  const strata = counts.map((row, at) => {
    const answered = row.reduce((sum, one) => sum + one, 0);
    return { no: at + 1, values: [], frame: answered + (frames[at] ?? 0), drawn: answered + Math.floor((frames[at] ?? 0) / 3), answered };
  }).map((one) => ({ ...one, drawn: Math.max(1, one.drawn), frame: Math.max(one.frame, 1) }));
  const responses = counts.flatMap((row, at) => row.flatMap((count, column): SurveyResponse[] => {
    const answers: Answers = column === row.length - 1 ? {} : { q1: kind === 'scale' ? { value: column + 1 } : { choice: `c${column + 1}` } };
    return Array.from({ length: count }, () => ({ stratum: at + 1, answers }));
  }));
  return { strata, results: surveyResults(definition, strata, responses, { minCell: MINIMUM, strataBy: [] }) };
}

/** Whether a vector lies in the span of others, by orthogonal projection: what is left of it is nothing. */
function isSpanned(target: readonly number[], vectors: readonly (readonly number[])[]): boolean {
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);
  const basis: number[][] = [];
  const without = (vector: readonly number[]): number[] => {
    let left = [...vector];
    // Twice, as once leaves traces in floating point.
    for (let pass = 0; pass < 2; pass += 1) for (const one of basis) { const part = dot(left, one); left = left.map((value, at) => value - part * (one[at] ?? 0)); }
    return left;
  };
  for (const vector of vectors) {
    const length = Math.sqrt(dot(vector, vector));
    if (length === 0) continue;
    const left = without(vector.map((one) => one / length));
    const size = Math.sqrt(dot(left, left));
    if (size > 1e-7) basis.push(left.map((one) => one / size));
  }
  const left = without(target);
  return Math.sqrt(dot(left, left)) < 1e-6;
}

/** What an attacker writes down of what was published: each shown count, each shown share and mean at full precision, the answers of each stratum, and that of a column of nought every cell is nought. */
function attack(question: SurveyQuestion, counts: readonly (readonly number[])[], weights: readonly number[]): { recovered: string[] } {
  const width = counts[0]?.length ?? 0;
  const at = (row: number, column: number): number => row * width + column;
  const vectors: number[][] = [];
  const fact = (terms: readonly (readonly [number, number])[]): void => {
    const vector = new Array<number>(counts.length * width).fill(0);
    for (const [cell, factor] of terms) vector[cell] = (vector[cell] ?? 0) + factor;
    vectors.push(vector);
  };
  counts.forEach((row, h) => {
    fact(row.map((_one, column) => [at(h, column), 1]));
    row.forEach((count, column) => { if (count === 0 && question.cells[column]?.count === 0) fact([[at(h, column), 1]]); });
  });
  question.strata?.forEach((row) => row.counts.forEach((count, column) => { if (count !== null) fact([[at(row.no - 1, column), 1]]); }));
  if (question.n !== null) fact(counts.map((_row, h) => [at(h, width - 1), 1]));
  const answered = counts.flatMap((row, h) => row.slice(0, -1).map((count, column) => ({ h, column, mass: (weights[h] ?? 0) * count })));
  const mass = answered.reduce((sum, one) => sum + one.mass, 0);
  question.cells.forEach((cell, column) => {
    if (cell.count !== null) fact(counts.map((_row, h) => [at(h, column), 1]));
    if (cell.share === null || mass === 0) return;
    const share = answered.filter((one) => one.column === column).reduce((sum, one) => sum + one.mass, 0) / mass;
    fact(answered.map((one) => [at(one.h, one.column), (weights[one.h] ?? 0) * ((one.column === column ? 1 : 0) - share)]));
  });
  if (question.mean && mass > 0) {
    const mean = answered.reduce((sum, one) => sum + one.mass * (one.column + 1), 0) / mass;
    fact(answered.map((one) => [at(one.h, one.column), (weights[one.h] ?? 0) * (one.column + 1 - mean)]));
  }
  const isSmall = (count: number, column: number): boolean => count > 0 && count < MINIMUM && column < width - 1;
  const unit = (cells: readonly number[]): number[] => Array.from({ length: counts.length * width }, (_none, cell) => (cells.includes(cell) ? 1 : 0));
  const inner = counts.flatMap((row, h) => row.flatMap((count, column) => (isSmall(count, column) && isSpanned(unit([at(h, column)]), vectors) ? [`${h}/${column}`] : [])));
  const totals = Array.from({ length: width }, (_none, column) => column).flatMap((column) => {
    const total = counts.reduce((sum, row) => sum + (row[column] ?? 0), 0);
    return isSmall(total, column) && isSpanned(unit(counts.map((_row, h) => at(h, column))), vectors) ? [`all/${column}`] : [];
  });
  return { recovered: [...inner, ...totals] };
}

/** A table that suppresses nothing but the small cells themselves, for the attack to be tried on. */
const naive = (question: SurveyQuestion, counts: readonly (readonly number[])[]): SurveyQuestion => {
  const shown = (count: number): number | null => (count > 0 && count < MINIMUM ? null : count);
  return {
    ...question, n: 1, strata: counts.map((row, at) => ({ no: at + 1, counts: row.map(shown) })),
    cells: question.cells.map((cell, column) => { const total = shown(counts.reduce((sum, row) => sum + (row[column] ?? 0), 0)); return { ...cell, count: total, share: total === null ? null : 1 }; }),
  };
};

const tables = (columns: number) => fc.array(fc.tuple(fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 40 })), { minLength: columns, maxLength: columns }), fc.integer({ min: 0, max: 300 })), { minLength: 1, maxLength: 5 });

describe('small cells', () => {
  test.each([['choices', single(3), 4], ['a scale with its mean', scale, 5]] as const)('of %s do not follow from anything that is published', (_what, definition, columns) => {
    fc.assert(fc.property(tables(columns), (rows) => {
      const counts = rows.map(([row]) => row);
      fc.pre(counts.some((row) => row.some((one) => one > 0)));
      const { strata, results } = resultsOf(definition, counts, rows.map(([, frame]) => frame));
      const { weights } = weigh(strata);
      expect(attack(results.questions[0] as SurveyQuestion, counts, strata.map(({ no }) => weights.get(no) ?? 0)).recovered).toEqual([]);
    }), { numRuns: 120, seed: 20260302 });
  });

  test('of two choices stay open among the tables of whole numbers that fit all published counts', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 90 }));
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (rows) => {
      const counts = rows.map(([a, b]) => [a, b, 0]);
      fc.pre(counts.some(([a = 0, b = 0]) => a + b > 0));
      const { results } = resultsOf(single(2), counts, rows.map(([, , frame]) => frame));
      const question = results.questions[0] as SurveyQuestion;
      const size = rows.map(([a, b]) => a + b);
      const truth = rows.map(([a]) => a);
      const told = (cell: number | null | undefined, value: number): boolean => cell === null || cell === undefined || cell === value;
      const fits = (first: number[]): boolean => {
        const all = first.reduce((sum, one) => sum + one, 0);
        const whole = size.reduce((sum, one) => sum + one, 0);
        return told(question.cells[0]?.count, all) && told(question.cells[1]?.count, whole - all)
          && (question.strata ?? []).every(({ no, counts: [a, b] }) => told(a, first[no - 1] ?? 0) && told(b, (size[no - 1] ?? 0) - (first[no - 1] ?? 0)));
      };
      let tables: number[][] = [[]];
      for (const most of size) tables = tables.flatMap((head) => Array.from({ length: most + 1 }, (_none, one) => [...head, one]));
      const possible = tables.filter(fits);
      const isOpen = (value: (first: number[]) => number): boolean => new Set(possible.map(value)).size > 1;
      truth.forEach((one, h) => {
        for (const small of [one, (size[h] ?? 0) - one]) if (small > 0 && small < MINIMUM) expect([counts, h, isOpen((first) => first[h] ?? 0)]).toEqual([counts, h, true]);
      });
    }), { numRuns: 400, seed: 11 });
  });

  test('would follow, were only they themselves kept back: the attack works', () => {
    const counts = [[3, 20, 10, 0], [12, 8, 30, 0]];
    const { strata, results } = resultsOf(single(3), counts, [200, 300]);
    const question = results.questions[0] as SurveyQuestion;
    const weights = strata.map(({ frame, answered }) => frame / answered);
    expect(attack(naive(question, counts), counts, weights).recovered).toEqual(['0/0']);
    expect(attack(question, counts, weights).recovered).toEqual([]);
  });

  test('are nowhere in the result, and what is large enough is told', () => {
    const counts = [[30, 20, 10, 0], [12, 8, 30, 0], [25, 15, 9, 0]];
    const told = resultsOf(single(3), counts, [200, 300, 100]).results.questions[0];
    expect(told?.strata?.map((row) => row.counts)).toEqual(counts);
    expect(told?.cells.map((cell) => cell.count)).toEqual([67, 43, 49]);
    expect(told?.n).toBe(159);
    fc.assert(fc.property(tables(4), (rows) => {
      const { results } = resultsOf(single(3), rows.map(([row]) => row), rows.map(([, frame]) => frame));
      for (const { cells, strata } of results.questions) {
        for (const cell of cells) expect(cell.count !== null && cell.count > 0 && cell.count < MINIMUM).toBe(false);
        for (const row of strata ?? []) for (const count of row.counts.slice(0, -1)) expect(count !== null && count > 0 && count < MINIMUM).toBe(false);
      }
    }), { numRuns: 100, seed: 7 });
  });

  test('that add up to less than the minimum take a larger one with them: two of a sum of two are one each', () => {
    const { cells } = resultsOf(single(4), [[1, 1, 30, 60, 0]], [0]).results.questions[0] as SurveyQuestion;
    expect(cells.map((cell) => cell.count)).toEqual([null, null, null, 60]);
  });

  test('leave a mean of a scale where they can', () => {
    const told = resultsOf(scale, [[2, 9, 20, 30, 0], [6, 10, 20, 14, 0], [5, 8, 11, 12, 0]], [200, 300, 90]).results.questions[0];
    expect([told?.mean?.value, told?.n]).toEqual([expect.any(Number), 147]);
  });

  test('of a question decide over those that hang on it: their base would tell', () => {
    const definition: Definition = { v: 1, intro: '', sections: [{ id: 's1', title: '', askedIf: null, questions: [
      { ...common, id: 'q1', kind: 'single', other: null, choices: ['c1', 'c2', 'c3'].map((id) => ({ id, label: id })) },
      { ...common, id: 'q2', kind: 'scale', from: 1, to: 2, low: '', high: '', askedIf: { question: 'q1', is: 'any', values: ['c1'] } },
    ] }] };
    const responses = [...Array.from({ length: 40 }, () => 'c1'), ...Array.from({ length: 3 }, () => 'c2'), ...Array.from({ length: 50 }, () => 'c3')]
      .map((choice): SurveyResponse => ({ stratum: 1, answers: { q1: { choice }, ...(choice === 'c1' ? { q2: { value: 1 } } : {}) } }));
    const { questions } = surveyResults(definition, [{ no: 1, values: [], frame: 200, drawn: 100, answered: 93 }], responses, { minCell: MINIMUM, strataBy: [] });
    expect(questions[0]?.cells.map((cell) => cell.count)).toEqual([null, null, 50]);
    expect(questions[1]).toMatchObject({ n: null, cells: [], mean: null });
  });
});
