import { type Atom, atomsOf, type Measure } from './atoms';
import type { Run } from './official-document';

/** One line: its atoms, how far it is indented, and how many halves of a character stay free at its end. */
export interface Line {
  atoms: Atom[];
  /** In halves of a character. */
  indent: number;
  free: number;
  /** The last line of its paragraph. */
  last: boolean;
}

/** Width of a line and indents of the first and the other lines, in halves of a character. */
export interface Measures {
  width: number;
  first: number;
  rest: number;
}

/**
 * Breaks a paragraph into lines on the grid. No closing mark begins a line and no opening mark ends one: the character before or the mark
 * itself goes to the next line. Words and numbers are not divided, unless one is longer than a line.
 */
export function breakLines(runs: readonly Run[], measures: Measures, measure: Measure): Line[] {
  const lines: Line[] = [];
  let line = open(measures, measures.first);
  for (const cluster of clusters(atomsOf(runs, measure))) {
    for (const part of fitting(cluster, measures, measure)) {
      const width = widthOf(trimmed(part));
      if (line.atoms.length > 0 && width > line.free) {
        lines.push(close(line));
        line = open(measures, measures.rest);
      }
      for (const atom of part) {
        if (line.atoms.length === 0 && atom.kind === 'space') continue;
        line.atoms.push(atom);
        line.free -= atom.halves;
      }
    }
  }
  lines.push({ ...close(line), last: true });
  return lines;
}

const open = (measures: Measures, indent: number): Line => ({ atoms: [], indent, free: measures.width - indent, last: false });
const widthOf = (atoms: Atom[]): number => atoms.reduce((sum, atom) => sum + atom.halves, 0);

/** A space at the end of a line takes no room. */
const trimmed = (atoms: Atom[]): Atom[] => (atoms.at(-1)?.kind === 'space' ? atoms.slice(0, -1) : atoms);

function close(line: Line): Line {
  const end = line.atoms.at(-1);
  if (end?.kind !== 'space') return line;
  return { ...line, atoms: line.atoms.slice(0, -1), free: line.free + end.halves };
}

/** Sequences of atoms between which the line may end. */
function clusters(atoms: Atom[]): Atom[][] {
  const result: Atom[][] = [];
  let previous: Atom | undefined;
  for (const atom of atoms) {
    const together = previous !== undefined && (atom.stays || previous.holds || atom.kind === 'space' || inNumber(previous, atom));
    if (together) result.at(-1)?.push(atom);
    else result.push([atom]);
    previous = atom;
  }
  return result;
}

/** A number goes on in another run: a changed digit beside a kept one. */
const inNumber = (previous: Atom, atom: Atom): boolean => previous.kind === 'word' && atom.kind === 'word' && /[0-9.]$/.test(previous.text) && /^[0-9.]/.test(atom.text);

/** Cuts a cluster that no line can hold, at its atoms and, where one word alone is too long, inside it. */
function fitting(cluster: Atom[], { width, first, rest }: Measures, measure: Measure): Atom[][] {
  const room = width - Math.max(first, rest);
  if (widthOf(trimmed(cluster)) <= room) return [cluster];
  return cluster.flatMap((atom) => (atom.halves <= room ? [[atom]] : cutWord(atom, room, measure).map((part) => [part])));
}

function cutWord(atom: Atom, room: number, measure: Measure): Atom[] {
  const parts: Atom[] = [];
  let text = '';
  const push = (): void => { parts.push({ ...atom, text, halves: Math.max(1, Math.ceil(measure(text, atom.run) * 2 - 0.05)) }); };
  for (const char of atom.text) {
    if (text !== '' && measure(text + char, atom.run) * 2 > room) {
      push();
      text = '';
    }
    text += char;
  }
  push();
  return parts;
}
