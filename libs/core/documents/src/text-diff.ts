/** A run of characters that both texts share, or that only one of them has. */
export interface TextRun {
  op: 'keep' | 'insert' | 'delete';
  text: string;
}

/** Beyond these the middle is shown as replaced whole: such texts have little in common, and the table would be large. */
const MAX_TOKENS = 8_000;
const MAX_EDITS = 700;

/**
 * Difference of two texts as runs (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986) over Chinese characters, numbers
 * and Latin words. Keeps and deletions joined give the old text, keeps and insertions the new one.
 */
export function diffText(old: string, next: string): TextRun[] {
  const a = tokens(old);
  const b = tokens(next);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const runs: TextRun[] = [];
  push(runs, 'keep', a.slice(0, head).join(''));
  for (const run of middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) push(runs, run.op, run.text);
  push(runs, 'keep', a.slice(a.length - tail).join(''));
  return readable(runs);
}

const tokens = (text: string): string[] => text.match(/[0-9０-９]+(?:[.．][0-9０-９]+)?|[A-Za-z]+|[\s\S]/gu) ?? [];

function push(runs: TextRun[], op: TextRun['op'], text: string): void {
  if (text === '') return;
  const last = runs.at(-1);
  if (last?.op === op) last.text += text;
  else runs.push({ op, text });
}

function middle(a: string[], b: string[]): TextRun[] {
  const path = a.length + b.length <= MAX_TOKENS && a.length > 0 && b.length > 0 ? shortestEdit(a, b) : null;
  return path ?? [{ op: 'delete', text: a.join('') }, { op: 'insert', text: b.join('') }];
}

function shortestEdit(a: string[], b: string[]): TextRun[] | null {
  const limit = Math.min(a.length + b.length, MAX_EDITS);
  const reach = new Int32Array(2 * limit + 3);
  const centre = limit + 1;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits += 1) {
    trace.push(reach.slice(centre - edits - 1, centre + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (reach[centre + k - 1] ?? 0) < (reach[centre + k + 1] ?? 0));
      let x = down ? (reach[centre + k + 1] ?? 0) : (reach[centre + k - 1] ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach[centre + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace);
    }
  }
  return null;
}

function walkBack(a: string[], b: string[], trace: Int32Array[]): TextRun[] {
  const steps: TextRun[] = [];
  let x = a.length;
  let y = b.length;
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const at = (k: number): number => trace[edits]?.[k + edits + 1] ?? 0;
    const k = x - y;
    const down = k === -edits || (k !== edits && at(k - 1) < at(k + 1));
    const fromX = edits === 0 ? 0 : down ? at(k + 1) : at(k - 1);
    const fromY = edits === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    // Back along the diagonal to where the single step of this round ended.
    while (x > fromX + (edits > 0 && !down ? 1 : 0) && y > fromY + (edits > 0 && down ? 1 : 0)) {
      x -= 1;
      y -= 1;
      steps.push({ op: 'keep', text: a[x] ?? '' });
    }
    if (edits > 0) {
      steps.push(down ? { op: 'insert', text: b[fromY] ?? '' } : { op: 'delete', text: a[fromX] ?? '' });
      x = fromX;
      y = fromY;
    }
  }
  return steps.reverse();
}

/** One shared character between two changes says nothing to a reader: it joins them. Deletions come before insertions. */
function readable(runs: TextRun[]): TextRun[] {
  const result: TextRun[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    push(result, 'delete', removed);
    push(result, 'insert', added);
    removed = added = '';
  };
  for (const [index, run] of runs.entries()) {
    const lone = run.op === 'keep' && run.text.length === 1 && index > 0 && index < runs.length - 1;
    if (run.op === 'keep' && !lone) {
      flush();
      push(result, 'keep', run.text);
    }
    if (run.op === 'delete' || lone) removed += run.text;
    if (run.op === 'insert' || lone) added += run.text;
  }
  flush();
  return result;
}
