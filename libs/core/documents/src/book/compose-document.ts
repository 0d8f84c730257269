import { composeOfficial } from '../layout/compose';
import type { Block, TextBlock } from '../layout/official-document';
import type { Face } from '../layout/standard';
import type { BookDocument, BookWords } from './book';

/** Deeper headings of a text do not become entries of a book's outline: five hundred documents have tens of thousands. */
const OUTLINE_LEVEL = 1;

/**
 * The parts of one policy as they stand in a book: title, number, what is to be known of its validity, the text, then what explains it. The head
 * and the imprint of an official document are left out; nothing of the text is.
 */
export function composeDocument(document: BookDocument, words: BookWords): Block[] {
  const { blocks } = composeOfficial({ ...document.source, title: document.title }, { number: document.number, date: document.date, issuer: document.department });
  const [title, ...text] = blocks.map(inBook);
  const lines = [document.number, document.note].filter((line) => line !== '');
  return [
    ...(title ? [{ ...title, outline: { title: document.title, level: OUTLINE_LEVEL } } as Block] : []),
    ...lines.map((line, at): Block => ({ ...paragraph(line, 'kaiti'), centred: true, after: at === lines.length - 1 ? 1 : 0 })),
    ...text,
    ...document.interpretations.flatMap((one) => [
      { ...paragraph(`${words.interpretation}${one.title}`, 'heiti'), heading: 3, centred: true, before: 2, after: 1, outline: { title: `${words.interpretation}${one.title}`, level: OUTLINE_LEVEL + 1 } },
      ...one.text.split('\n').filter((line) => line.trim() !== '').map((line) => paragraph(line.trim(), 'kaiti')),
    ]),
  ];
}

/** One level deeper than on its own, under the chapter; a document within the document begins no page and no entry of its own. */
function inBook(block: Block): Block {
  if (block.type !== 'text') return block;
  const heading = block.heading === null ? null : Math.min(block.heading + 1, 6);
  return { ...block, heading, outline: null };
}

const paragraph = (text: string, face: Face): TextBlock =>
  ({ type: 'text', runs: [{ text, face }], heading: null, first: 2, rest: 0, centred: false, title: false, before: 0, after: 0, page: null, outline: null });
