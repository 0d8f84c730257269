import { DomainError } from '@platform/kernel';
import type { Atom } from './atoms';
import { settable } from './characters';
import type { FontBook, FontFile } from './fonts';
import { breakLines, type Line, type Measures } from './line-breaker';
import type { Run } from './official-document';
import type { Op, RuleOp, TextOp } from './page';
import { ASCENT } from './standard';

/** Where and how a line is set. `top` is the upper edge of its characters; `pitch` leads from one character to the next. */
export interface Setting {
  x: number;
  top: number;
  size: number;
  pitch: number;
  element: number | null;
  colour?: string;
  /** Set the line to its full width. */
  justify?: boolean;
}

/** Turns runs into lines and lines into letters at their places. Remembers the characters that no font has. */
export class Typesetter {
  private readonly missing = new Set<string>();

  constructor(private readonly fonts: FontBook) {}

  lines(runs: readonly Run[], measures: Measures): Line[] {
    const set = runs.map((run) => ({ ...run, text: settable(run.text) }));
    const first = set.find((run) => run.text.trim() !== '');
    if (first) first.text = first.text.trimStart();
    return breakLines(set, measures, this.measure);
  }

  /** Width in ems. */
  readonly measure = (text: string, run: Run): number => {
    let width = 0;
    for (const char of text) width += this.advance(char, run);
    return width;
  };

  set(line: Line, setting: Setting): Op[] {
    const half = setting.pitch / 2;
    const gaps = line.atoms.length - 1;
    // A short line (a long word went to the next one) is not pulled apart beyond a quarter of its length.
    const stretch = setting.justify && !line.last && gaps > 0 && line.free * 4 <= line.atoms.length * 2 ? (line.free * half) / gaps : 0;
    const ops: Op[] = [];
    let x = setting.x + line.indent * half;
    for (const atom of line.atoms) {
      const width = atom.halves * half;
      if (atom.kind !== 'space') this.setAtom(ops, atom, x, width, stretch, setting);
      x += width + stretch;
    }
    return ops;
  }

  /** @throws DomainError invalid `layout:error.noGlyph` if characters were set that no font has */
  finish(): void {
    if (this.missing.size === 0) return;
    const characters = [...this.missing].slice(0, 10).map((char) => `${char}（U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}）`);
    throw DomainError.invalid('layout:error.noGlyph', [], { characters: characters.join('、'), count: this.missing.size });
  }

  private setAtom(ops: Op[], atom: Atom, x: number, width: number, stretch: number, setting: Setting): void {
    const natural = this.measure(atom.text, atom.run) * setting.size;
    const last = ops.findLast((op) => op.type === 'text');
    const file = this.fileOf(atom.text, atom.run);
    const spacing = setting.pitch - setting.size + stretch;
    const square = atom.text.length <= 2 && [...atom.text].length === 1 && Math.abs(natural - setting.size) < 0.01;
    const joins = square && last?.type === 'text' && last.file === file && last.spacing === spacing
      && Math.abs(last.x + [...last.text].length * (setting.size + spacing) - x) < 0.01;
    if (joins) last.text += atom.text;
    else for (const op of this.spread(atom, x + (square ? 0 : (width - natural) / 2), square ? spacing : 0, setting)) ops.push(op);
    if (atom.run.mark) mark(ops, atom, x, width + stretch, setting);
  }

  /** One operation for each stretch of the text that is in one font. */
  private spread(atom: Atom, x: number, spacing: number, setting: Setting): Op[] {
    const ops: (TextOp & { element: number | null })[] = [];
    let at = x;
    for (const char of atom.text) {
      const file = this.fileOf(char, atom.run);
      const last = ops.at(-1);
      if (last && last.file === file) last.text += char;
      else if (file) {
        const baseline = setting.top + ASCENT * setting.size;
        ops.push({ type: 'text', file, text: char, x: at, baseline, size: setting.size, spacing, colour: setting.colour ?? 'black', element: setting.element });
      }
      at += this.advance(char, atom.run) * setting.size;
    }
    return ops;
  }

  private fileOf(text: string, run: Run): FontFile | null {
    return this.fonts.find(run.face, text.codePointAt(0) ?? 0);
  }

  private advance(char: string, run: Run): number {
    const file = this.fileOf(char, run);
    if (!file) {
      this.missing.add(char);
      return 1;
    }
    const point = char.codePointAt(0) ?? 0;
    let width = file.advances.get(point);
    if (width === undefined) file.advances.set(point, width = file.font.glyphForCodePoint(point).advanceWidth / file.font.unitsPerEm);
    return width;
  }
}

/** An inserted word is underlined, a deleted one struck through: the marks do not rest on colour. */
function mark(ops: Op[], atom: Atom, x: number, width: number, { top, size, element }: Setting): void {
  const y = top + size * (atom.run.mark === 'insert' ? 1.08 : 0.52);
  const last = ops.findLast((op): op is RuleOp & { element: number | null } => op.type === 'rule');
  if (last && last.y1 === y && Math.abs(last.x2 - x) < 0.5) last.x2 = x + width;
  else ops.push({ type: 'rule', x1: x, y1: y, x2: x + width, y2: y, width: size / 18, colour: 'black', element });
}
