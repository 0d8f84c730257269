import { codePoint } from 'dingbat-to-unicode';
import { formatNumber, isKnownFormat } from './number-format';
import type { Styles } from './styles';
import { child, flag, integer, valueOf, type XmlNode } from './xml';

interface Level {
  start: number;
  format: string;
  /** The marker, `%1` standing for the number of the first level: `第%1条`. */
  text: string;
  /** Begins again after a level of this number or an outer one, counted from 1; 0 for never. */
  restartAfter: number;
  /** All numbers in digits. */
  legal: boolean;
  hidden: boolean;
  font: string;
  style: string | undefined;
}

interface List {
  /** Lists of one definition count on together. */
  definition: string;
  starts: Map<number, number>;
  levels: Map<number, Level>;
}

const LEVELS = 9;

/** Counts the automatic numbers of a document, paragraph after paragraph, and writes them as Word does. */
export class Numbering {
  private readonly lists = new Map<string, List>();
  private readonly definitions = new Map<string, XmlNode>();
  private readonly counters = new Map<string, (number | undefined)[]>();
  private readonly begun = new Set<string>();

  /** @param onUnknownFormat called for a marker whose format stands as digits instead */
  constructor(part: XmlNode | null, private readonly styles: Styles, private readonly onUnknownFormat: () => void) {
    for (const node of part?.children ?? []) {
      const id = node.attributes[node.name === 'w:num' ? 'numId' : 'abstractNumId'];
      if (node.name === 'w:abstractNum' && id !== undefined) this.definitions.set(id, node);
    }
    for (const node of part?.children ?? []) {
      const id = node.attributes['numId'];
      if (node.name === 'w:num' && id !== undefined) this.lists.set(id, this.readList(node, part?.children ?? []));
    }
  }

  /** The level of a list that belongs to a paragraph style. */
  levelOfStyle(list: string, style: string): number | undefined {
    for (const [at, level] of this.lists.get(list)?.levels ?? []) if (level.style === style) return at;
    return undefined;
  }

  /** Counts one paragraph; the marker that Word shows before it, empty for none. */
  next(listId: string, at: number): string {
    const list = this.lists.get(listId);
    const level = list?.levels.get(at);
    if (!list || !level) return '';
    const counters = this.counters.get(list.definition) ?? [];
    this.counters.set(list.definition, counters);
    const first = `${listId} ${at}`;
    const restart = this.begun.has(first) ? undefined : list.starts.get(at);
    this.begun.add(first);
    counters[at] = restart ?? (counters[at] === undefined ? level.start : counters[at] + 1);
    for (let inner = at + 1; inner < LEVELS; inner += 1) {
      const { restartAfter = inner } = list.levels.get(inner) ?? {};
      if (restartAfter > at) counters[inner] = undefined;
    }
    if (level.hidden) return '';
    return level.format === 'bullet' ? bulletOf(level) : this.write(list, level, counters);
  }

  private write(list: List, { text, legal }: Level, counters: readonly (number | undefined)[]): string {
    return text.replace(/%([1-9])/g, (_sign, digit: string) => {
      const at = Number(digit) - 1;
      const level = list.levels.get(at);
      if (!level) return '';
      if (!isKnownFormat(level.format)) this.onUnknownFormat();
      // An outer level that was not used yet shows its first number.
      return formatNumber(counters[at] ?? list.starts.get(at) ?? level.start, legal && level.format !== 'none' ? 'decimal' : level.format);
    });
  }

  private readList(node: XmlNode, all: XmlNode[]): List {
    const definition = this.resolve(valueOf(node, 'w:abstractNumId') ?? '', all);
    const list: List = { definition, starts: new Map(), levels: new Map() };
    for (const level of this.definitions.get(definition)?.children ?? []) addLevel(list.levels, level);
    for (const override of node.children) {
      if (override.name !== 'w:lvlOverride') continue;
      const start = valueOf(override, 'w:startOverride');
      if (start !== undefined) list.starts.set(integer(override.attributes['ilvl'], 0), integer(start, 1));
      addLevel(list.levels, child(override, 'w:lvl'));
    }
    return list;
  }

  /** A definition may name a numbering style instead of levels, whose list names the definition that has them. */
  private resolve(id: string, all: XmlNode[]): string {
    const seen = new Set<string>();
    for (let at = id; ;) {
      const link = valueOf(this.definitions.get(at), 'w:numStyleLink');
      if (link === undefined || seen.has(at)) return at;
      seen.add(at);
      const linked = this.styles.numbering(link)?.reference.list;
      const next = valueOf(all.find((node) => node.name === 'w:num' && node.attributes['numId'] === linked), 'w:abstractNumId');
      if (next === undefined) return at;
      at = next;
    }
  }
}

function addLevel(levels: Map<number, Level>, node: XmlNode | undefined): void {
  const at = integer(node?.attributes['ilvl'], -1);
  if (node?.name !== 'w:lvl' || at < 0 || at >= LEVELS) return;
  // Formats that older programs do not know stand beside one that they do.
  const plain = valueOf(node, 'w:numFmt') ?? valueOf(child(child(node, 'mc:AlternateContent'), 'mc:Fallback'), 'w:numFmt');
  const properties = child(node, 'w:rPr');
  const fonts = child(properties, 'w:rFonts')?.attributes ?? {};
  levels.set(at, {
    start: integer(valueOf(node, 'w:start'), 0),
    format: plain ?? 'decimal',
    text: (valueOf(node, 'w:lvlText') ?? '').slice(0, 100),
    restartAfter: Math.min(at, integer(valueOf(node, 'w:lvlRestart'), at)),
    legal: flag(node, 'w:isLgl') ?? false,
    hidden: flag(properties, 'w:vanish') ?? false,
    font: fonts['ascii'] ?? fonts['hAnsi'] ?? '',
    style: valueOf(node, 'w:pStyle'),
  });
}

/** Bullets are often characters of a symbol font; • stands for those that no table knows. */
function bulletOf({ text, font }: Level): string {
  return [...text].map((sign) => symbolOf(font, sign.codePointAt(0) ?? 0) ?? (isPrivate(sign) ? '•' : sign)).join('');
}

const isPrivate = (sign: string): boolean => sign >= '\ue000' && sign <= '\uf8ff';

/** The Unicode character for one of a symbol font such as Wingdings, whose codes may be lifted to the private area. */
export function symbolOf(font: string, code: number): string | undefined {
  return codePoint(font, code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code)?.string;
}
