import { inspectFolder } from './import-files';
import { requireFolder } from './file-commands';
import { message, print } from './output';

/** `import FOLDER`: a line a file. With a city the texts are stored as drafts, and the round trip is that of the stored provisions. */
export async function importFolder(folder: string, options: { city?: string; dryRun?: boolean; json?: boolean }): Promise<void> {
  requireFolder(folder);
  for await (const line of inspectFolder(folder)) {
    print('error' in line && line.error.includes(':') ? { ...line, error: message({ key: line.error, details: {} }) } : line, options.json);
  }
}
