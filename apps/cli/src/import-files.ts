import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type NoticeKind, type ProvisionKind, readSource, type ReadDocument, reassemble, sameText } from '@core/documents';
import { DomainError } from '@platform/kernel';

/**
 * What the import found in one file: counts of articles (第N条), provisions and lines that were not understood, and whether the
 * provisions put together again equal the source apart from white space; `kinds` counts the provisions of each kind that occurs, `notices` what of the file
 * was left out. A file that could not be read has an `error` instead.
 */
export type ImportLine = ReadLine | { file: string; error: string };

export interface ReadLine {
  file: string;
  title: string;
  articles: number;
  provisions: number;
  unrecognised: number;
  roundtrip: boolean;
  kinds: Partial<Record<ProvisionKind, number>>;
  notices: Partial<Record<NoticeKind, number>>;
}

export interface InspectedFile {
  line: ImportLine;
  /** Null where the file could not be read. */
  document: ReadDocument | null;
}

/** Reads one policy file; never throws, since one bad file must not stop a folder. `error` is a message key or the system's code. */
export async function inspectFile(path: string): Promise<InspectedFile> {
  const file = basename(path);
  try {
    const document = await readSource(file, await readFile(path));
    const line = {
      file,
      title: document.title,
      articles: document.articles,
      provisions: document.provisions.length,
      unrecognised: document.unrecognised.length,
      roundtrip: sameText(reassemble(document.provisions), document.source),
      kinds: countKinds(document),
      notices: Object.fromEntries(document.notices.map(({ kind, count }) => [kind, count])),
    };
    return { line, document };
  } catch (error) {
    return { line: { file, error: error instanceof DomainError ? error.key : errorCode(error) }, document: null };
  }
}

function countKinds({ provisions }: ReadDocument): ReadLine['kinds'] {
  const counts: ReadLine['kinds'] = {};
  for (const { kind } of provisions) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Reads the files of a folder one after another, sorted by name; hidden files and folders inside it are left out. */
export async function* inspectFolder(folder: string): AsyncIterable<InspectedFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
  for (const name of names.sort()) yield inspectFile(join(folder, name));
}

function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'documents:error.unreadable';
}
