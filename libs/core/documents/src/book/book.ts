import type { Source } from '../layout/compose';

/** What explains a policy, as it stands in a book: a text, or the words for a picture. */
export interface BookInterpretation {
  title: string;
  /** Paragraphs, parted by line breaks. */
  text: string;
}

/** A policy of a book. */
export interface BookDocument {
  title: string;
  /** 发文字号. */
  number: string;
  /** Who issued it. */
  department: string;
  /** Day of the document, `2026-03-01`. */
  date: string;
  /** What a reader must know of its validity, in words: from when, until when, changed by what. */
  note: string;
  topics: string[];
  source: Source;
  interpretations: BookInterpretation[];
}

export interface BookChapter {
  title: string;
  documents: BookDocument[];
}

/** A compilation 汇编: what stands on the cover, and the chapters. */
export interface Book {
  title: string;
  /** Lines under the title: what was chosen, as of which day. */
  subtitles: string[];
  /** Who compiled it. */
  issuer: string;
  /** Day of the book, `2026-03-01`. */
  date: string;
  chapters: BookChapter[];
  words: BookWords;
}

/** The words that a book says itself. */
export interface BookWords {
  contents: string;
  byNumber: string;
  byTopic: string;
  /** Before the title of an interpretation. */
  interpretation: string;
}

/** An entry of an index: the documents of the book that it leads to, by their place in reading order from 0. */
export interface IndexEntry {
  label: string;
  documents: number[];
}

/** Reading order of all documents. */
export const documentsOf = (book: Book): BookDocument[] => book.chapters.flatMap(({ documents }) => documents);

/** `京府规〔2026〕3号` by code, year and running number, so that 3 stands before 12; numbers of another form by their letters, at the end. */
export function byNumber(book: Book): IndexEntry[] {
  const keyed = documentsOf(book).map(({ number }, at) => {
    const parts = /^(.*?)〔(\d{4})〕(\d+)号$/.exec(number);
    return { label: number, at, code: parts?.[1] ?? '\uffff', year: Number(parts?.[2] ?? 0), running: Number(parts?.[3] ?? 0) };
  });
  keyed.sort((one, other) => collator.compare(one.code, other.code) || one.year - other.year || one.running - other.running || collator.compare(one.label, other.label) || one.at - other.at);
  return keyed.map(({ label, at }) => ({ label, documents: [at] }));
}

/** By topic in the order of Chinese pronunciation; under each, the documents in reading order. */
export function byTopic(book: Book): IndexEntry[] {
  const topics = new Map<string, number[]>();
  for (const [at, document] of documentsOf(book).entries()) {
    for (const topic of new Set(document.topics)) topics.set(topic, [...(topics.get(topic) ?? []), at]);
  }
  return [...topics].map(([label, documents]) => ({ label, documents })).sort((one, other) => collator.compare(one.label, other.label));
}

const collator = new Intl.Collator('zh-Hans-CN');
