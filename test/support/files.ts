import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export interface TestFiles {
  folder: string;
  storageUrl: string;
  /** Where the file with this hash lies. */
  pathOf(sha256: string): string;
  remove(): void;
}

/** A file store of one test's own, in a temporary folder. */
export function testFiles(): TestFiles {
  const folder = mkdtempSync(path.join(tmpdir(), 'policyloop-files-'));
  return {
    folder,
    storageUrl: pathToFileURL(folder).href,
    pathOf: (sha256) => path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
