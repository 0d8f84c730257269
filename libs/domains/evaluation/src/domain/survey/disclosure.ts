/** Answers to one question: strata down, what was answered across. The last column is "not asked, or left open". */
export interface AnswerTable {
  counts: readonly (readonly number[])[];
  /** Weight of each answer of a stratum. */
  weights: readonly number[];
  /** Whether having no answer says something itself, as it does where another answer decided that it is not asked. */
  openTells: boolean;
  /** Of a scale: the value of each column but the last. Its mean is told too. */
  scale: readonly number[] | null;
  /** Whether counts of single strata are wanted at all. */
  byStratum: boolean;
}

/** What is told of a table. Everybody knows how many of each stratum answered at all, and the weights. */
export interface Told {
  /** Counts of each stratum; null where they are not told at all. */
  inner: boolean[][] | null;
  /** Counts of all strata together, of the last column too: that is the base. */
  counts: boolean[];
  /** Weighted shares, of each column but the last. */
  shares: boolean[];
  mean: boolean;
}

/** Tables of more cells are not told stratum by stratum: nobody reads them, most of their cells are small, and the work grows with the cube. */
const MOST_CELLS = 240;
const TOLERANCE = 1e-7;

type Row = number[];

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const totalsOf = ({ counts }: AnswerTable): number[] => (counts[0] ?? []).map((_none, column) => sum(counts.map((row) => row[column] ?? 0)));

/** Cells that must not be known: between nought and the minimum. Numbered as the unknowns are: strata row by row, then the totals. */
function primaries(table: AnswerTable, minimum: number): Set<number> {
  const open = (table.counts[0]?.length ?? 0) - 1;
  const small = (count: number, column: number): boolean => count > 0 && count < minimum && (column !== open || table.openTells);
  return new Set([...table.counts, totalsOf(table)].flatMap((row, at) => row.flatMap((count, column) => (small(count, column) ? [at * (open + 1) + column] : []))));
}

interface Equations {
  unknown: number[];
  /** What each unknown is, and the most it can be to who knows the answers of its stratum. */
  values: number[];
  most: number[];
  rows: Row[];
}

/** What follows from what is told: the linear equations among the cells that are not, each with its coefficients. Of a column that is told to be nought every cell is known. */
function equations(table: AnswerTable, told: Told): Equations {
  const { counts, weights, scale } = table;
  const totals = totalsOf(table);
  const width = totals.length;
  const open = width - 1;
  const isHidden = (at: number, column: number): boolean =>
    (at < counts.length ? !told.inner?.[at]?.[column] && !(told.counts[column] && totals[column] === 0) : !told.counts[column]);
  const unknown = Array.from({ length: (counts.length + 1) * width }, (_none, cell) => cell).filter((cell) => isHidden(Math.floor(cell / width), cell % width));
  const place = new Map(unknown.map((cell, at) => [cell, at]));
  const rows: Row[] = [];
  const equation = (terms: readonly (readonly [cell: number, factor: number])[]): void => {
    const row: Row = new Array<number>(unknown.length).fill(0);
    for (const [cell, factor] of terms) {
      const at = place.get(cell);
      if (at !== undefined) row[at] = (row[at] ?? 0) + factor;
    }
    if (row.some((factor) => factor !== 0)) rows.push(row);
  };
  const strata = counts.map((_row, at) => at);
  const columns = totals.map((_total, column) => column);
  const mass = sum(strata.map((at) => (weights[at] ?? 0) * sum((counts[at] ?? []).slice(0, open)))) || 1;
  for (const at of strata) equation(columns.map((column) => [at * width + column, 1]));
  equation(columns.map((column) => [counts.length * width + column, 1]));
  for (const column of columns) equation([...strata.map((at) => [at * width + column, 1] as const), [counts.length * width + column, -1]]);
  const weight = (at: number): number => ((weights[at] ?? 0) * 100) / mass;
  columns.slice(0, open).forEach((column) => {
    if (!told.shares[column]) return;
    const share = sum(strata.map((at) => (weights[at] ?? 0) * (counts[at]?.[column] ?? 0))) / mass;
    equation(strata.flatMap((at) => columns.slice(0, open).map((other) => [at * width + other, weight(at) * ((other === column ? 1 : 0) - share)] as const)));
  });
  if (told.mean && scale) {
    const mean = sum(strata.map((at) => sum(scale.map((value, column) => (weights[at] ?? 0) * value * (counts[at]?.[column] ?? 0))))) / mass;
    equation(strata.flatMap((at) => scale.map((value, column) => [at * width + column, weight(at) * (value - mean)] as const)));
  }
  const values = unknown.map((cell) => (cell < counts.length * width ? counts[Math.floor(cell / width)]?.[cell % width] ?? 0 : totals[cell % width] ?? 0));
  const most = unknown.map((cell) => sum(cell < counts.length * width ? counts[Math.floor(cell / width)] ?? [] : totals));
  return { unknown, values, most, rows };
}

/** Which unknowns the equations fix: in reduced row echelon form, a pivot that stands alone in its row. */
function fixedBy({ unknown, rows }: Equations): Set<number> {
  const fixed = new Set<number>();
  const matrix = rows.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < unknown.length && rank < matrix.length; column += 1) {
    let best = rank;
    for (let at = rank + 1; at < matrix.length; at += 1) if (Math.abs(matrix[at]?.[column] ?? 0) > Math.abs(matrix[best]?.[column] ?? 0)) best = at;
    const pivot = matrix[best] ?? [];
    const head = pivot[column] ?? 0;
    if (Math.abs(head) < TOLERANCE) continue;
    matrix[best] = matrix[rank] ?? [];
    matrix[rank] = pivot.map((factor) => factor / head);
    const unit = matrix[rank] ?? [];
    matrix.forEach((row, at) => {
      const factor = row[column] ?? 0;
      if (at !== rank && factor !== 0) matrix[at] = row.map((one, place) => one - factor * (unit[place] ?? 0));
    });
    rank += 1;
  }
  for (const row of matrix.slice(0, rank)) {
    const places = row.flatMap((factor, at) => (Math.abs(factor) > TOLERANCE ? [at] : []));
    if (places.length === 1 && places[0] !== undefined) fixed.add(unknown[places[0]] ?? -1);
  }
  return fixed;
}

/** Passes over the equations; more hardly ever narrow anything further. */
const PASSES = 12;

/** Which unknowns are fixed because counts are whole and not negative: bounds that each equation narrows, until nothing moves. */
function pinnedBy({ unknown, values, most, rows }: Equations): Set<number> {
  const [low, high] = [unknown.map(() => 0), [...most]];
  for (let pass = 0, moved = true; moved && pass < PASSES; pass += 1) {
    moved = false;
    for (const row of rows) {
      const places = row.flatMap((factor, at) => (Math.abs(factor) > TOLERANCE ? [at] : []));
      const right = sum(places.map((at) => (row[at] ?? 0) * (values[at] ?? 0)));
      const end = (at: number, upper: boolean): number => (row[at] ?? 0) * ((((row[at] ?? 0) > 0) === upper ? high[at] : low[at]) ?? 0);
      const [least, greatest] = [sum(places.map((at) => end(at, false))), sum(places.map((at) => end(at, true)))];
      for (const at of places) {
        const factor = row[at] ?? 1;
        const ends = [(right - (greatest - end(at, true))) / factor, (right - (least - end(at, false))) / factor].sort((a, b) => a - b);
        const [from, to] = [Math.ceil((ends[0] ?? 0) - 1e-6), Math.floor((ends[1] ?? 0) + 1e-6)];
        if (from > (low[at] ?? 0)) { low[at] = from; moved = true; break; }
        if (to < (high[at] ?? 0)) { high[at] = to; moved = true; break; }
      }
    }
  }
  return new Set(unknown.filter((_cell, at) => (high[at] ?? 0) <= (low[at] ?? 0)));
}

/**
 * The hidden cells of lines whose hidden cells together are fewer than the minimum: as nought is told, each of them is one at least, and two of a sum of two are one each.
 * A stratum with fewer answers than the minimum is hidden whole, noughts too, and says nothing of that kind.
 */
function tooFewTogether(table: AnswerTable, told: Told, hidden: ReadonlySet<number>, minimum: number): Set<number> {
  const width = table.counts[0]?.length ?? 0;
  const totals = totalsOf(table);
  const lines: { cell: number; count: number }[][] = [totals.map((count, column) => ({ cell: table.counts.length * width + column, count }))];
  if (told.inner) {
    table.counts.forEach((row, at) => { if (sum(row) >= minimum) lines.push(row.map((count, column) => ({ cell: at * width + column, count }))); });
    totals.forEach((_total, column) => { if (told.counts[column]) lines.push(table.counts.map((row, at) => ({ cell: at * width + column, count: row[column] ?? 0 }))); });
  }
  const found = lines.map((line) => line.filter(({ cell }) => hidden.has(cell))).filter((line) => sum(line.map(({ count }) => count)) < minimum);
  return new Set(found.flatMap((line) => line.map(({ cell }) => cell)));
}

/** The cells that must not be known and that what is told gives away. */
export function givenAway(table: AnswerTable, told: Told, minimum: number): number[] {
  const guarded = primaries(table, minimum);
  if (guarded.size === 0) return [];
  const system = equations(table, told);
  const hidden = new Set(system.unknown);
  const [fixed, pinned] = [fixedBy(system), pinnedBy(system)];
  const few = tooFewTogether(table, told, hidden, minimum);
  return [...guarded].filter((cell) => !hidden.has(cell) || fixed.has(cell) || pinned.has(cell) || few.has(cell));
}

/**
 * Keeps back what is small, and of the rest as much as is needed (complementary suppression), the smallest first; null where that does not help. A cell
 * that is kept back for others' sake is told again if it turns out not to be needed.
 */
function keepBack(table: AnswerTable, start: Told, minimum: number): Told | null {
  const { counts } = table;
  const totals = totalsOf(table);
  const width = totals.length;
  const open = width - 1;
  const told: Told = { ...start, inner: start.inner && start.inner.map((row) => [...row]), counts: [...start.counts], shares: [...start.shares] };
  const set = (cell: number, shown: boolean): void => {
    const [at, column] = [Math.floor(cell / width), cell % width];
    const row = at < counts.length ? told.inner?.[at] : told.counts;
    if (row) row[column] = shown && (at < counts.length || (start.counts[column] ?? false));
    if (at === counts.length && column < open) told.shares[column] = shown && (start.shares[column] ?? false);
  };
  for (const cell of primaries(table, minimum)) set(cell, false);
  counts.forEach((row, at) => { if (told.inner && sum(row) < minimum) told.inner[at] = row.map(() => false); });
  const extra: number[] = [];
  const sizeOf = (cell: number): number => (cell < counts.length * width ? counts[Math.floor(cell / width)]?.[cell % width] ?? 0 : totals[cell % width] ?? 0);
  const isTold = (cell: number): boolean => {
    const [at, column] = [Math.floor(cell / width), cell % width];
    return at < counts.length ? told.inner?.[at]?.[column] === true : column < open ? told.shares[column] === true : told.counts[column] === true;
  };
  const every = Array.from({ length: (counts.length + 1) * width }, (_none, cell) => cell).filter((cell) => sizeOf(cell) > 0);
  for (let given = givenAway(table, told, minimum); given.length > 0; given = givenAway(table, told, minimum)) {
    const lines = given.map((cell) => [Math.floor(cell / width), cell % width] as const);
    const near = every.filter((cell) => isTold(cell) && lines.some(([at, column]) => Math.floor(cell / width) === at || cell % width === column));
    const next = (near.length > 0 ? near : every.filter(isTold)).sort((a, b) => sizeOf(a) - sizeOf(b) || a - b)[0];
    if (next === undefined) return null;
    set(next, false);
    extra.push(next);
  }
  for (const cell of extra.reverse()) {
    set(cell, true);
    if (givenAway(table, told, minimum).length > 0) set(cell, false);
  }
  return told;
}

/**
 * What may be told of a table so that no count between nought and the minimum follows from it: not by itself, nor by subtraction from margins, nor from the weighted shares
 * and the mean, whose weights everybody knows. The first that holds of: counts by stratum with cells kept back; counts of all strata
 * together; shares without counts; the mean and the base; nothing.
 */
export function tellable(table: AnswerTable, minimum: number): Told {
  const width = table.counts[0]?.length ?? 0;
  const all = (length: number, value: boolean): boolean[] => new Array<boolean>(length).fill(value);
  const isOpen = (_none: unknown, column: number): boolean => column === width - 1;
  const mean = table.scale !== null;
  const nothing: Told = { inner: null, counts: all(width, false), shares: all(width - 1, false), mean: false };
  const base = { ...nothing, counts: nothing.counts.map(isOpen) };
  const total = sum(totalsOf(table).slice(0, -1));
  if (total === 0) return { ...base, counts: all(width, true) };
  if (total < minimum) return keepBack(table, { ...base, mean: false }, minimum) ?? (table.openTells ? nothing : base);
  const several = table.byStratum && table.counts.length > 1 && table.counts.length * width <= MOST_CELLS;
  const steps: Told[] = [
    ...(several ? [{ inner: table.counts.map((row) => all(row.length, true)), counts: all(width, true), shares: all(width - 1, true), mean }] : []),
    { inner: null, counts: all(width, true), shares: all(width - 1, true), mean },
    { ...base, shares: all(width - 1, true), mean },
    ...(mean ? [{ ...base, mean }] : []),
    base,
  ];
  for (const step of steps) {
    const told = keepBack(table, step, minimum);
    // A table by strata in which nothing is left, or shares of which none is, are no answer: the next step tells more.
    if (told && isWorth(told, table)) return told;
  }
  // How many left a question open that everybody was asked says nothing of their answers.
  return table.openTells ? nothing : base;
}

function isWorth({ inner, shares, mean, counts }: Told, table: AnswerTable): boolean {
  if (inner) return inner.some((row, at) => row.some((shown, column) => shown && (table.counts[at]?.[column] ?? 0) > 0)) && shares.some(Boolean);
  return shares.some(Boolean) || mean || counts.at(-1) === true;
}
