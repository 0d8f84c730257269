import PDFDocument from 'pdfkit';
import type { LinkOp, Op, Page, SetDocument } from './page';

/** Document properties of a PDF: what a reader and an archive see. */
export interface Properties {
  title: string;
  /** The issuing organ; never a person's name. */
  author: string | null;
  subject: string | null;
  keywords: string[];
  /** Day that the file says it was made on, `2026-03-01`; the same input gives the same bytes. */
  date: string | null;
}

/** Draws set pages as a PDF 1.7 with embedded subsets of its fonts, bookmarks, tagged structure and no hidden data. */
export async function drawPdf(set: SetDocument, properties: Properties): Promise<Buffer> {
  const pdf = new PDFDocument({
    autoFirstPage: false, size: [set.width, set.height], margin: 0, pdfVersion: '1.7', lang: 'zh-CN', tagged: true, displayTitle: true, info: info(properties),
    // Of a long text it would keep each line that was ever set.
    fontLayoutCache: false,
  } as PDFKit.PDFDocumentOptions);
  number(pdf, set);
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  new Drawing(pdf, set).run();
  pdf.end();
  return done;
}

/** Noon in China, so that every time zone shows the same day. Without a day the beginning of the count: the clock of this machine says nothing about a draft. */
function info({ title, author, subject, keywords, date }: Properties): PDFKit.DocumentInfo {
  return {
    Title: title, ...(author ? { Author: author } : {}), ...(subject ? { Subject: subject } : {}), ...(keywords.length > 0 ? { Keywords: keywords.join(' ') } : {}),
    Creator: 'PolicyLoop', Producer: 'PolicyLoop', CreationDate: new Date(`${date ?? '1970-01-01'}T12:00:00+08:00`),
  };
}

/** Tells the reader's program the numbers that the pages bear (PDF 1.7, 12.4.2). */
function number(pdf: PDFKit.PDFDocument, { numbering }: SetDocument): void {
  if (!numbering) return;
  const root = (pdf as unknown as { _root: { data: Record<string, unknown> } })._root;
  root.data['PageLabels'] = { Nums: numbering.flatMap(({ page, style }) => [page, { S: style === 'roman' ? 'r' : 'D', St: 1 }]) };
}

type Parent = PDFKit.PDFStructureElement | PDFKit.PDFDocument;

class Drawing {
  private readonly elements: PDFKit.PDFStructureElement[];
  private readonly names = new Map<string, string>();
  /** Pages that something leads to. */
  private readonly targets = new Set<number>();
  private readonly outline: { level: number; item: PDFKit.PDFOutline }[] = [];

  constructor(private readonly pdf: PDFKit.PDFDocument, private readonly set: SetDocument) {
    const root = pdf.struct('Document');
    pdf.addStructure(root);
    for (const page of set.pages) for (const op of page.ops) if (op.type === 'link') this.targets.add(op.page);
    this.elements = set.elements.map(({ tag }) => pdf.struct(tag));
    for (const [index, { parent }] of set.elements.entries()) {
      const element = this.elements[index] as PDFKit.PDFStructureElement;
      (parent === null ? root : (this.elements[parent] as PDFKit.PDFStructureElement)).add(element);
    }
    this.root = root;
  }

  private readonly root: Parent;

  run(): void {
    for (const [index, page] of this.set.pages.entries()) this.page(page, index);
    for (const element of this.elements) element.end();
    (this.root as PDFKit.PDFStructureElement).end();
  }

  private page(page: Page, index: number): void {
    this.pdf.addPage();
    if (this.targets.has(index)) this.pdf.addNamedDestination(destination(index), 'Fit');
    for (const mark of page.bookmarks) {
      while ((this.outline.at(-1)?.level ?? -1) >= mark.level) this.outline.pop();
      const above = this.outline.at(-1)?.item ?? this.pdf.outline;
      this.outline.push({ level: mark.level, item: above.addItem(mark.title, { expanded: mark.level < 2 }) });
    }
    for (const group of grouped(page.ops)) {
      const element = this.elements[group.element ?? -1];
      if (!element) {
        this.pdf.markContent('Artifact', { type: 'Layout' });
        group.ops.forEach((op) => this.draw(op));
        this.pdf.endMarkedContent();
        continue;
      }
      const content = this.pdf.markStructureContent(this.set.elements[group.element ?? -1]?.tag ?? 'P');
      group.ops.forEach((op) => this.draw(op));
      this.pdf.endMarkedContent();
      element.add(content);
    }
    for (const op of page.ops) if (op.type === 'link') this.link(op);
  }

  private link({ x, y, width, height, page, element }: LinkOp & { element: number | null }): void {
    const structParent = this.elements[element ?? -1];
    this.pdf.goTo(x, y, width, height, destination(page), (structParent ? { structParent } : {}) as PDFKit.Mixins.AnnotationOption);
  }

  private draw(op: Op): void {
    if (op.type === 'link') return;
    if (op.type === 'rule') {
      this.pdf.lineWidth(op.width).strokeColor(op.colour).moveTo(op.x1, op.y1).lineTo(op.x2, op.y2).stroke();
      return;
    }
    const known = this.names.get(op.file.path);
    if (known) this.pdf.font(known);
    else {
      const name = `font${this.names.size}`;
      this.names.set(op.file.path, name);
      this.pdf.registerFont(name, op.file.data as unknown as string).font(name);
    }
    this.pdf.fontSize(op.size).fillColor(op.colour)
      .text(op.text, op.x, op.baseline, { lineBreak: false, baseline: 'alphabetic', characterSpacing: op.spacing });
  }
}

const destination = (page: number): string => `page-${page + 1}`;

function grouped(ops: Op[]): { element: number | null; ops: Op[] }[] {
  const groups: { element: number | null; ops: Op[] }[] = [];
  for (const op of ops) {
    const last = groups.at(-1);
    if (last?.element === op.element) last.ops.push(op);
    else groups.push({ element: op.element, ops: [op] });
  }
  return groups;
}
