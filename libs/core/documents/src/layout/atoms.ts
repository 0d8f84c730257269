import { closes, inWord, opens } from './characters';
import type { Run } from './official-document';

/** What is never divided: one Chinese character, a word or number, a dash or an ellipsis of two signs, a space. */
export interface Atom {
  text: string;
  run: Run;
  /** Widths are counted in halves of a character. */
  halves: number;
  kind: 'char' | 'word' | 'space';
  /** The line may not end before it, or after it. */
  stays: boolean;
  holds: boolean;
}

/** Width of a text in ems, set in the face of its run. */
export type Measure = (text: string, run: Run) => number;

/** Takes runs apart into atoms. A word takes whole halves of a character, so that what follows stands on the grid again. */
export function atomsOf(runs: readonly Run[], measure: Measure): Atom[] {
  const atoms: Atom[] = [];
  for (const run of runs) {
    for (const [text] of run.text.matchAll(/——|……|[\s\S]/gu)) addTo(atoms, text, run);
  }
  for (const [at, atom] of atoms.entries()) if (atom.kind === 'word') atom.halves = wordHalves(atom, atoms[at + 1], measure);
  return atoms;
}

function addTo(atoms: Atom[], text: string, run: Run): void {
  const last = atoms.at(-1);
  if (text === ' ') {
    if (last && last.kind !== 'space') atoms.push({ text, run, halves: 1, kind: 'space', stays: false, holds: false });
    return;
  }
  if (!inWord(text)) {
    const wide = text.length > 1 && /^[—…]/.test(text);
    atoms.push({ text, run, halves: wide ? 4 : 2, kind: 'char', stays: closes(text) || wide, holds: opens(text) });
    return;
  }
  if (last?.kind === 'word' && last.run === run) {
    last.text += text;
    last.holds = opens(text);
  } else {
    // A number and the sign of a later run, such as a changed word beside a kept one, may part.
    atoms.push({ text, run, halves: 0, kind: 'word', stays: closes(text), holds: opens(text) });
  }
}

/** The space between two words is part of the first one's width: words of a sentence then stand no wider apart than they must. */
function wordHalves(atom: Atom, next: Atom | undefined, measure: Measure): number {
  // Figures are of one width, so that 1日 and 3日 look alike.
  const width = measure(atom.text.replace(/[0-9]/g, '0'), atom.run);
  if (next?.kind !== 'space') return Math.max(1, Math.ceil(width * 2 - 0.05));
  const joined = Math.max(1, Math.ceil((width + 0.25) * 2 - 0.05));
  next.halves = 0;
  return joined;
}
