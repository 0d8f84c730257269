import { child, flag, integer, valueOf, type XmlNode } from './xml';

/** Which list and level a paragraph or style names; a part that is not said is undefined. */
export interface NumberingReference {
  list: string | undefined;
  level: number | undefined;
}

export function numberingOf(properties: XmlNode | undefined): NumberingReference | undefined {
  const node = child(properties, 'w:numPr');
  const level = valueOf(node, 'w:ilvl');
  return node && { list: valueOf(node, 'w:numId'), level: level === undefined ? undefined : Math.min(8, Math.max(0, integer(level, 0))) };
}

interface Style {
  basedOn: string | undefined;
  numbering: NumberingReference | undefined;
  hidden: boolean | undefined;
}

/** What styles say that changes the text: automatic numbers and hidden characters. */
export class Styles {
  private readonly styles = new Map<string, Style>();
  /** The style of paragraphs that name none. */
  readonly defaultParagraph: string | undefined;

  constructor(part: XmlNode | null) {
    for (const node of part?.children ?? []) {
      const id = node.attributes['styleId'];
      if (node.name !== 'w:style' || id === undefined) continue;
      this.styles.set(id, { basedOn: valueOf(node, 'w:basedOn'), numbering: numberingOf(child(node, 'w:pPr')), hidden: flag(child(node, 'w:rPr'), 'w:vanish') });
      if (node.attributes['type'] === 'paragraph' && ['1', 'true', 'on'].includes(node.attributes['default'] ?? '')) this.defaultParagraph = id;
    }
  }

  /** The list of a style, and the style that names it: its own or the nearest that it is based on. */
  numbering(id: string | undefined): { style: string; reference: NumberingReference } | undefined {
    for (const [style, { numbering }] of this.chain(id)) if (numbering?.list !== undefined) return { style, reference: numbering };
    return undefined;
  }

  hidden(id: string | undefined): boolean | undefined {
    for (const [, { hidden }] of this.chain(id)) if (hidden !== undefined) return hidden;
    return undefined;
  }

  /** A style and those that it is based on; a circle ends where it began. */
  private *chain(id: string | undefined): Generator<[string, Style]> {
    const seen = new Set<string>();
    for (let at = id; at !== undefined && !seen.has(at);) {
      seen.add(at);
      const style = this.styles.get(at);
      if (!style) return;
      yield [at, style];
      at = style.basedOn;
    }
  }
}
