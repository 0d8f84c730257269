import { SaxesParser } from 'saxes';

/** An element. Of the names in Word's own vocabularies the prefix is kept (`w:p`, `mc:Choice`), whatever prefix the file uses; others go by their local name. */
export interface XmlNode {
  name: string;
  /** By local name. */
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
}

/** A part that is no well-formed XML, or not the harmless kind that a DOCX has. */
export class XmlError extends Error {}

/** Deeper than any document, and shallow enough for recursion. */
const MAX_DEPTH = 300;

/** Both editions of the standard, transitional and strict. */
const PREFIXES = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w:'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w:'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc:'],
]);

/**
 * Reads a part of a DOCX into a tree. Text outside of `t` elements is left out, as Word does. A document type is refused: without one there
 * are no entities to expand.
 *
 * @throws XmlError
 */
export function parseXml(data: Buffer): XmlNode {
  const parser = new SaxesParser({ xmlns: true });
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  parser.on('error', (error) => { throw new XmlError(error.message); });
  parser.on('doctype', () => { throw new XmlError('document type'); });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const node: XmlNode = { name: `${PREFIXES.get(uri) ?? ''}${local}`, attributes: {}, children: [], text: '' };
    for (const attribute of Object.values(attributes)) node.attributes[attribute.local] = attribute.value;
    if (open.push(node) > MAX_DEPTH) throw new XmlError('too deep');
    open.at(-2)?.children.push(node);
  });
  parser.on('text', (text) => {
    const node = open.at(-1);
    if (node && /(?:^|:)t$/.test(node.name)) node.text += text;
  });
  parser.on('cdata', (text) => {
    const node = open.at(-1);
    if (node && /(?:^|:)t$/.test(node.name)) node.text += text;
  });
  parser.on('closetag', () => { open.pop(); });
  parser.write(decode(data)).close();
  const [document] = root.children;
  if (!document) throw new XmlError('empty');
  return document;
}

/** Parts are UTF-8 or UTF-16 (ECMA-376 part 2). */
function decode(data: Buffer): string {
  const encoding = data[0] === 0xff && data[1] === 0xfe ? 'utf-16le' : data[0] === 0xfe && data[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(data);
  } catch {
    throw new XmlError('encoding');
  }
}

export const child = (node: XmlNode | null | undefined, name: string): XmlNode | undefined => node?.children.find((one) => one.name === name);

/** The value of a child such as `<w:start w:val="3"/>`. */
export const valueOf = (node: XmlNode | null | undefined, name: string): string | undefined => child(node, name)?.attributes['val'];

/** The whole number in an attribute; `none` for anything else. */
export function integer(text: string | undefined, none: number): number {
  return text !== undefined && /^-?[0-9]{1,9}$/.test(text) ? Number(text) : none;
}

/** A switch such as `<w:vanish/>`: on unless it says otherwise; undefined where it is not there. */
export function flag(node: XmlNode | null | undefined, name: string): boolean | undefined {
  const found = child(node, name);
  return found && !['0', 'false', 'off'].includes(found.attributes['val'] ?? '');
}
