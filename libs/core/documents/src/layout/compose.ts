import { addressed, copiesOf, findSignature, isAnnexList, issuerOfTitle, type Signature, type SourceProvision } from './elements';
import type { Block, Imprint, OfficialDocument, Particulars, Run, TextBlock } from './official-document';
import { dateWords, type Face } from './standard';
import { isRows, tableOf } from './tables';

/** A text of which the parser knows the parts. */
export interface Source {
  title: string;
  provisions: readonly SourceProvision[];
}

/**
 * Puts a parsed text into the order and the forms of an official document (GB/T 9704-2012, 7). Nothing of the text is left out, and
 * what it shows itself (title, addressees, signature, copies) is not said a second time.
 *
 * The issuer is the one that is given, else the organ that signs the text, else the one that its title begins with; else none.
 */
export function composeOfficial(source: Source, particulars: Particulars): OfficialDocument {
  return new Composer(source, particulars).run();
}

class Composer {
  private readonly blocks: Block[] = [];
  private readonly provisions: SourceProvision[];
  private readonly signature: Signature | null;
  private readonly title: string;
  private copies: string | null;
  /** The list of annexes under the text is being placed. */
  private listing = false;

  constructor(private readonly source: Source, private readonly particulars: Particulars) {
    const own = source.provisions.findIndex((p) => p.kind === 'title');
    // A title that is given replaces the one of the text, which then stays in the text: nothing is lost.
    this.title = particulars.title ?? source.title;
    this.provisions = source.provisions.filter((p, at) => !(at === own && sameLetters(p.text, this.title)));
    this.signature = findSignature(this.provisions);
    this.copies = particulars.copies ?? null;
  }

  run(): OfficialDocument {
    const { number, date, draftMark } = this.particulars;
    const issuer = this.particulars.issuer ?? this.signature?.organs.join(' ') ?? issuerOfTitle(this.title);
    if (this.title !== '') this.blocks.push({ ...text([run(this.title, 'xiaobiaosong')]), heading: 1, centred: true, title: true, after: 1, outline: { title: this.title, level: 0 } });
    if (this.particulars.to) this.blocks.push({ ...text([run(`${this.particulars.to.replace(/[:：]$/, '')}：`)]), first: 0 });
    const annex = this.provisions.findIndex((p) => p.kind === 'annex');
    const end = annex < 0 ? this.provisions.length : annex;
    for (let at = 0; at < this.provisions.length; at += 1) {
      if (at === end) this.sign(issuer);
      at = this.place(at);
    }
    if (end === this.provisions.length) this.sign(issuer);
    const imprint: Imprint | null = number && date && (issuer || this.copies) ? { copies: this.copies, organ: issuer, date: dateWords(date) } : null;
    return { title: this.title, number, date, issuer, draftMark: draftMark ?? null, blocks: this.blocks, imprint };
  }

  /** A text that is signed already is not signed again. */
  private sign(issuer: string | null): void {
    const { date } = this.particulars;
    if (!this.signature && date) this.blocks.push({ type: 'signature', organs: issuer ? issuer.split(' ') : [], date: dateWords(date) });
  }

  /** Places one provision, or all lines of the signature; returns the index of the last one placed. */
  private place(at: number): number {
    const provision = this.provisions[at] as SourceProvision;
    if (this.signature?.from === at) {
      this.blocks.push({ type: 'signature', organs: this.signature.organs, date: this.signature.date });
      return this.signature.to;
    }
    const to = this.tableEnd(at);
    const table = to < at ? null : tableOf(this.provisions.slice(at, to + 1).map((p) => p.text).join('\n'));
    if (table) {
      this.blocks.push(table);
      return to;
    }
    this.text(provision, at);
    return at;
  }

  /** The last of the provisions from here on that are rows of one table, whether they came as one provision or as many. */
  private tableEnd(at: number): number {
    let end = at;
    while (end < this.provisions.length && this.provisions[end]?.label === '' && isRows(this.provisions[end]?.text ?? '') && (end === at || this.provisions[end]?.kind === this.provisions[at]?.kind)) end += 1;
    return end - 1;
  }

  private text(provision: SourceProvision, at: number): void {
    const { kind, label, text: words } = provision;
    // The further names of a list of annexes stand under the first one (7.3.4).
    if (this.listing && /^[0-9]{1,2}\s*[.．、]$/.test(label)) {
      this.blocks.push({ ...text([run(label + words)]), first: 5, rest: 6 });
      return;
    }
    this.listing = false;
    if (kind === 'annex') return this.annex(label, words, 1);
    if (kind === 'part' || kind === 'chapter' || kind === 'section') return this.structure(provision);
    if (kind === 'title') return this.inner(words);
    if (kind === 'article') {
      this.blocks.push({ ...text([run(label, 'heiti'), run(`　${words}`)]), outline: { title: entry(label, words), level: 4 } });
      return;
    }
    if (kind === 'heading') return this.heading(provision);
    const copies = copiesOf(words);
    if (copies && !this.copies && this.particulars.number && this.particulars.date && this.signature && at > this.signature.to) {
      this.copies = copies;
      return;
    }
    if (this.signature && at > this.signature.to && this.title.includes(`《${words}》`)) return this.inner(words);
    if (addressed(this.provisions, at)) this.blocks.push({ ...text([run(words)]), first: 0 });
    else if (isAnnexList(words)) {
      this.blocks.push({ ...text([run(label + words)]), before: 1, rest: /[:：]\s*[0-9]/.test(words) ? 6 : 5 });
      this.listing = true;
    }
    else this.plain(label + words);
  }

  private plain(words: string): void {
    this.blocks.push(text([run(words)]));
  }

  /** 附件 begins a page of its own, in its first line, flush; its title stands in the third line (7.3.7). */
  private annex(label: string, title: string, level: number): void {
    this.blocks.push({ ...text([run(label, 'heiti')]), first: 0, page: 0, heading: 2, outline: { title: entry(label, title), level } });
    if (title !== '') this.blocks.push({ ...text([run(title, 'xiaobiaosong')]), page: null, before: 1, after: 1, heading: 2, centred: true, title: true });
  }

  /** A document that the first one issues begins a page of its own. */
  private inner(title: string): void {
    this.blocks.push({ ...text([run(title, 'xiaobiaosong')]), page: 0, after: 1, heading: 1, centred: true, title: true, outline: { title: entry('', title), level: 0 } });
  }

  private structure({ kind, label, text: words }: SourceProvision): void {
    const level = { part: 1, chapter: 2, section: 3 }[kind as 'part' | 'chapter' | 'section'];
    const gap = words === '' ? '' : '　';
    this.blocks.push({
      ...text([run(`${label}${gap}${words}`, kind === 'section' ? 'kaiti' : 'heiti')]),
      heading: level + 1, centred: true, before: kind === 'section' ? 0 : 1, after: kind === 'section' ? 0 : 1, outline: { title: entry(label, words), level },
    });
  }

  /** 一、 in 黑体, （一） in 楷体, the lower ones as the text (7.3.3); only the heading itself where the text runs on in its line. */
  private heading({ label, text: words, lead }: SourceProvision): void {
    const level = levelOf(label, lead);
    const face: Face = level === 1 ? 'heiti' : level === 2 ? 'kaiti' : 'fangsong';
    const cut = headingEnd(words);
    const alone = cut === words.length;
    const runs = [run(label + words.slice(0, cut), face), ...(alone ? [] : [run(words.slice(cut))])];
    this.blocks.push({
      ...text(runs), heading: alone && words.length <= 60 ? Math.min(level + 1, 6) : null,
      outline: level <= 2 && cut > 0 ? { title: entry(label, words.slice(0, cut)), level: level + 1 } : null,
    });
  }
}

const run = (words: string, face: Face = 'fangsong'): Run => ({ text: words, face });

/** Two characters from the left, the other lines flush (7.3.3). */
function text(runs: Run[]): TextBlock {
  return { type: 'text', runs, heading: null, first: 2, rest: 0, centred: false, title: false, before: 0, after: 0, page: null, outline: null };
}

const sameLetters = (one: string, other: string): boolean => one.replace(/\s/g, '') === other.replace(/\s/g, '');

/** An entry of the outline: marker and the first words. */
function entry(label: string, words: string): string {
  const flat = words.replace(/\s+/g, ' ').trim();
  const short = [...flat].length > 30 ? `${[...flat].slice(0, 29).join('')}…` : flat;
  return `${label.replace(/\s+/g, '')}${label !== '' && /^[第附]/.test(label) && short !== '' ? '　' : ''}${short}`;
}

/** Where the heading ends in a paragraph that begins with one: its first sentence, if that is short enough to be a heading. */
function headingEnd(words: string): number {
  const stop = words.search(/[。；]/);
  if (stop < 0) return words.length <= 56 && !/[，：]$/.test(words) ? words.length : 0;
  return stop <= 40 ? stop + 1 : 0;
}

function levelOf(label: string, lead: string): number {
  if (/^[（(]\s*[一二三四五六七八九十百]/.test(label)) return 2;
  if (/^[一二三四五六七八九十百]/.test(label)) return 1;
  if (/^[0-9０-９]/.test(label)) return 3;
  if (label !== '') return 4;
  return Math.max(1, (/#+/.exec(lead)?.[0].length ?? 2) - 1);
}
