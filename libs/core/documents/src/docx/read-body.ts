import { tableText } from '../table-text';
import { Numbering, symbolOf } from './numbering';
import { Notices } from './notices';
import type { DocxParts } from './parts';
import { numberingOf, Styles } from './styles';
import { child, flag, integer, valueOf, type XmlNode } from './xml';

/** What is only an envelope around what people read. `w:ins` and `w:moveTo` are changes that count as accepted. */
const ENVELOPES = new Set(['w:hyperlink', 'w:smartTag', 'w:sdt', 'w:sdtContent', 'w:fldSimple', 'w:customXml', 'w:dir', 'w:bdo', 'w:ins', 'w:moveTo', 'w:ruby', 'w:rubyBase']);
/** Cells that one cell may span at most: an absurd figure is a fault of the file, not a table. */
const MAX_SPAN = 63;

type Note = { sign: string; kind: 'footnotes' | 'endnotes'; id: string };

/**
 * Reads what people see of a text, a paragraph a line: with the numbers that Word counts by itself, tables as pipe rows (`table-text.ts`), text boxes
 * after the paragraph that they hang on, foot- and endnotes after the text. What is left out is counted in the notices.
 */
export class BodyReader {
  private readonly styles: Styles;
  private readonly numbering: Numbering;
  private readonly notes: Note[] = [];

  constructor(
    private readonly parts: DocxParts,
    private readonly notices: Notices,
  ) {
    this.styles = new Styles(parts.own('styles'));
    this.numbering = new Numbering(parts.own('numbering'), this.styles, () => notices.add('numberFormat'));
  }

  read(): string {
    const lines = this.blocks(this.parts.body().children);
    // Reading a note may find further notes.
    for (let at = 0; at < this.notes.length; at += 1) lines.push(...this.note(this.notes[at] as Note));
    return lines.join('\n');
  }

  private blocks(nodes: readonly XmlNode[]): string[] {
    return nodes.flatMap((node) => {
      if (node.name === 'w:p') return this.paragraph(node);
      if (node.name === 'w:tbl') return this.table(node);
      if (node.name === 'mc:AlternateContent') return this.blocks(chosen(node));
      if (node.name === 'w:del' || node.name === 'w:moveFrom') this.notices.add('deletions');
      if (node.name === 'w:altChunk') this.notices.add('objects');
      return ENVELOPES.has(node.name) ? this.blocks(node.children) : [];
    });
  }

  private paragraph(node: XmlNode): string[] {
    const properties = child(node, 'w:pPr');
    const style = valueOf(properties, 'w:pStyle') ?? this.styles.defaultParagraph;
    const boxes: string[] = [];
    const text = this.runs(node.children, style, boxes);
    const removed = child(child(properties, 'w:rPr'), 'w:del') !== undefined && text.trim() === '';
    const marker = removed ? '' : this.marker(properties, style);
    return [`${marker}${text}`, ...boxes];
  }

  /** The automatic number of a paragraph, with the gap that a reader of the text needs: 第一条 stands off, 一、 and （一） do not. */
  private marker(properties: XmlNode | undefined, style: string | undefined): string {
    const own = numberingOf(properties);
    const ofStyle = this.styles.numbering(style);
    const list = own?.list ?? ofStyle?.reference.list;
    if (list === undefined || list === '0') return '';
    const level = own?.level ?? ofStyle?.reference.level ?? (ofStyle && this.numbering.levelOfStyle(list, ofStyle.style)) ?? 0;
    const marker = this.numbering.next(list, level);
    return marker === '' || /[、）)]\s*$/.test(marker) ? marker : `${marker.trimEnd()}　`;
  }

  private runs(nodes: readonly XmlNode[], style: string | undefined, boxes: string[]): string {
    return nodes.map((node) => {
      if (node.name === 'w:r') return this.run(node, style, boxes);
      if (node.name === 'w:del' || node.name === 'w:moveFrom') this.notices.add('deletions');
      if (node.name === 'w:ins' || node.name === 'w:moveTo') this.notices.add('insertions');
      if (node.name === 'oMath' || node.name === 'oMathPara') return formula(node);
      if (node.name === 'mc:AlternateContent') return this.runs(chosen(node), style, boxes);
      return ENVELOPES.has(node.name) ? this.runs(node.children, style, boxes) : '';
    }).join('');
  }

  private run(node: XmlNode, style: string | undefined, boxes: string[]): string {
    const properties = child(node, 'w:rPr');
    const hidden = flag(properties, 'w:vanish') ?? this.styles.hidden(valueOf(properties, 'w:rStyle')) ?? this.styles.hidden(style) ?? false;
    const text = node.children.map((part) => this.piece(part, style, boxes)).join('');
    if (!hidden) return text;
    if (text.trim() !== '') this.notices.add('hidden');
    return '';
  }

  private piece(node: XmlNode, style: string | undefined, boxes: string[]): string {
    switch (node.name) {
      case 'w:t': return node.text;
      case 'w:tab': case 'w:ptab': return '\t';
      case 'w:br': return ['page', 'column'].includes(node.attributes['type'] ?? '') ? '' : '\n';
      case 'w:cr': return '\n';
      case 'w:noBreakHyphen': return '-';
      case 'w:sym': return this.symbol(node);
      case 'w:footnoteReference': return this.reference('footnotes', node);
      case 'w:endnoteReference': return this.reference('endnotes', node);
      case 'w:commentReference': this.notices.add('comments'); return '';
      case 'w:ruby': return child(node, 'w:rubyBase')?.children.map((run) => this.run(run, style, boxes)).join('') ?? '';
      case 'mc:AlternateContent': return chosen(node).map((part) => this.piece(part, style, boxes)).join('');
      case 'w:drawing': case 'w:pict': case 'w:object': this.drawing(node, boxes); return '';
      default: return '';
    }
  }

  private symbol(node: XmlNode): string {
    const code = Number.parseInt(node.attributes['char'] ?? '', 16);
    const sign = Number.isInteger(code) ? symbolOf(node.attributes['font'] ?? '', code) : undefined;
    if (sign === undefined) this.notices.add('symbols');
    return sign ?? '□';
  }

  /** Text boxes are read; pictures and other objects are counted. */
  private drawing(node: XmlNode, boxes: string[]): void {
    const texts = findAll(node, 'w:txbxContent');
    for (const text of texts) boxes.push(...this.blocks(text.children));
    if (texts.length > 0) return;
    this.notices.add(node.name === 'w:object' || findAll(node, 'relIds').length > 0 || findAll(node, 'chart').length > 0 ? 'objects' : 'images');
  }

  private reference(kind: Note['kind'], node: XmlNode): string {
    const sign = `［注${this.notes.length + 1}］`;
    this.notes.push({ sign, kind, id: node.attributes['id'] ?? '' });
    return sign;
  }

  private note({ sign, kind, id }: Note): string[] {
    const found = this.parts.own(kind)?.children.find((node) => node.attributes['id'] === id && ['w:footnote', 'w:endnote'].includes(node.name));
    const [first = '', ...rest] = this.blocks(found?.children ?? []);
    return [`${sign}${first.trimStart()}`, ...rest];
  }

  /** A table of one column is a frame around paragraphs, in which articles may stand. */
  private table(node: XmlNode): string[] {
    const rows = unwrap(node, 'w:tr').filter((row) => child(child(row, 'w:trPr'), 'w:del') === undefined);
    const cells = rows.map((row) => unwrap(row, 'w:tc'));
    if (cells.every((row) => row.length <= 1)) return cells.flatMap((row) => row.flatMap((cell) => this.blocks(cell.children)));
    const texts = rows.map((row, at) => [
      ...Array<string>(span(valueOf(child(row, 'w:trPr'), 'w:gridBefore'), 0)).fill(''),
      ...(cells[at] ?? []).flatMap((cell) => this.cell(cell)),
    ]);
    const [head, ...body] = texts;
    const text = head && hasHead(node, rows) ? tableText({ head, rows: body }) : tableText({ head: null, rows: texts });
    // Empty lines around it keep it apart from another table and from a line with a pipe.
    return ['', text, ''];
  }

  private cell(cell: XmlNode): string[] {
    const properties = child(cell, 'w:tcPr');
    const merge = child(properties, 'w:vMerge');
    const goesOn = merge !== undefined && merge.attributes['val'] !== 'restart';
    const inner = cell.children.flatMap((node) => (node.name === 'w:tbl' ? this.inner(node) : this.blocks([node])));
    const text = inner.filter((line) => line.trim() !== '').join('\n');
    return [goesOn ? '' : text, ...Array<string>(span(valueOf(properties, 'w:gridSpan'), 1) - 1).fill('')];
  }

  /** A table inside a cell: its rows are lines of the cell. */
  private inner(node: XmlNode): string[] {
    return unwrap(node, 'w:tr').map((row) => unwrap(row, 'w:tc').map((cell) => this.cell(cell).join(' ').trim()).join('　'));
  }
}

const span = (text: string | undefined, none: number): number => Math.min(MAX_SPAN, Math.max(none, integer(text, none)));

/** The first row is the head when Word repeats it on each page, or formats it as one. */
function hasHead(table: XmlNode, rows: readonly XmlNode[]): boolean {
  if (rows.length < 2) return false;
  if (flag(child(rows[0], 'w:trPr'), 'w:tblHeader')) return true;
  const look = child(child(table, 'w:tblPr'), 'w:tblLook')?.attributes ?? {};
  return look['firstRow'] === '1' || (Number.parseInt(look['val'] ?? '', 16) & 0x20) !== 0;
}

/** The rows of a table or the cells of a row, out of their envelopes. */
const unwrap = (node: XmlNode, name: string): XmlNode[] =>
  node.children.flatMap((one) => (one.name === name ? [one] : ENVELOPES.has(one.name) ? unwrap(one, name) : []));

/** Of two ways to say the same the newer one, unless only the older one has text that we read. */
function chosen(node: XmlNode): XmlNode[] {
  const [choice, fallback] = [child(node, 'mc:Choice'), child(node, 'mc:Fallback')];
  const readable = (one: XmlNode | undefined): boolean => one !== undefined && (findAll(one, 'w:txbxContent').length > 0 || findAll(one, 'w:t').length > 0);
  return (readable(choice) || !readable(fallback) ? choice : fallback)?.children ?? [];
}

/** Outermost elements of a name. */
function findAll(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((one) => (one.name === name ? [one] : findAll(one, name)));
}

/** The signs of a formula in their order; its shape is lost. */
const formula = (node: XmlNode): string => node.children.map((one) => (one.name === 't' || one.name === 'w:t' ? one.text : formula(one))).join('');
