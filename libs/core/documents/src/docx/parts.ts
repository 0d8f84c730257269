import { posix } from 'node:path';
import { parseXml, XmlError, type XmlNode } from './xml';

/** The parts of a DOCX, found by their relationships as Word does it, not by their usual names. */
export class DocxParts {
  /** Path of the part with the text. */
  readonly main: string;

  constructor(private readonly entries: ReadonlyMap<string, Buffer>) {
    this.main = this.related('', 'officeDocument')[0] ?? 'word/document.xml';
  }

  /** Null where there is no such part. A part that has no bytes at all is treated as missing, unless it is the text. */
  xml(path: string): XmlNode | null {
    const data = this.entries.get(path);
    if (!data || (data.length === 0 && path !== this.main)) return null;
    return parseXml(data);
  }

  /** The one part of a kind that the text relates to (`numbering`, `styles`, `footnotes`, …). */
  own(kind: string): XmlNode | null {
    return this.xml(this.related(this.main, kind)[0] ?? posix.join(posix.dirname(this.main), `${kind}.xml`));
  }

  /** The paths of the parts of a kind that a part relates to. */
  related(path: string, kind: string): string[] {
    const folder = posix.dirname(path);
    const relations = this.xml(path === '' ? '_rels/.rels' : posix.join(folder, '_rels', `${posix.basename(path)}.rels`));
    return (relations?.children ?? [])
      .filter(({ attributes }) => attributes['Type']?.endsWith(`/${kind}`) && attributes['TargetMode'] !== 'External')
      .map(({ attributes }) => attributes['Target'] ?? '')
      .map((target) => (target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(folder, target))));
  }

  /** The body of the text. */
  body(): XmlNode {
    const document = this.xml(this.main);
    const body = document?.name === 'w:document' ? document.children.find((node) => node.name === 'w:body') : undefined;
    if (!body) throw new XmlError('no body');
    return body;
  }
}
