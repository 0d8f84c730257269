import { buildTree } from './build-tree';
import type { ParsedDocument, Provision } from './provision';
import { survey } from './survey';
import type { Draft } from './tree';

/**
 * Takes a policy text apart into its provisions. Never fails and never loses a character: what is not understood is a paragraph,
 * marked `unrecognised` when it looks like structure. `reassemble` gives the text back.
 *
 * @param source plain text or Markdown
 * @param fallbackTitle the title when the text shows none, usually the name of the file
 */
export function parseText(source: string, fallbackTitle = ''): ParsedDocument {
  const surveyed = survey(source);
  const drafts = buildTree(surveyed);
  const provisions = drafts.map(finish);
  return {
    title: surveyed.lines[surveyed.title]?.body ?? fallbackTitle,
    provisions,
    articles: provisions.filter((provision) => provision.kind === 'article').length,
    unrecognised: drafts.filter((draft) => draft.unrecognised).map((draft) => ({ line: draft.line, text: draft.pieces.join('\n') })),
    lines: drafts.map((draft) => draft.line),
  };
}

function finish({ clauseId, parent, kind, number, label, lead, unrecognised, pieces }: Draft): Provision {
  return { clauseId, parent, kind, number, label, text: pieces.join('\n'), lead, unrecognised };
}
