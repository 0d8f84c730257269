import { sameText } from '@core/documents';
import { ImportDraft } from '@domains/drafting';
import { DomainError } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import { withApplication } from './application';
import { requireFolder } from './file-commands';
import { type ImportLine, inspectFolder } from './import-files';
import { importTable } from './import-table';
import { message, print } from './output';

export interface ImportOptions {
  city?: string;
  department?: string;
  dryRun?: boolean;
  json?: boolean;
  table?: boolean;
}

/**
 * `import FOLDER`: a line a file. Each text becomes the draft of a new policy of the city (the first one unless named), in a transaction of its own, and
 * the round trip is that of the provisions read back from the database; a text that is there already is left alone. `--dry-run` only reads and reports.
 */
export async function importFolder(folder: string, options: ImportOptions): Promise<void> {
  requireFolder(folder);
  if (options.dryRun) {
    await report(folder, options);
    return;
  }
  const { department } = options;
  await withApplication(async (app) => {
    const [found] = await app.get(PublicReader).query<{ id: string }>('SELECT id FROM city WHERE $1::text IS NULL OR id = $1 ORDER BY id LIMIT 1', [options.city ?? null]);
    if (!found) throw new Error(options.city ? `no city ${options.city}` : 'there is no city yet; --dry-run only reads and reports');
    const city = found.id;
    const importDraft = app.get(ImportDraft, { strict: false });
    for await (const { line, document } of inspectFolder(folder)) {
      if (!document || 'error' in line) {
        say(line, options.json);
        continue;
      }
      const { text } = await importDraft.run(city, line.file, document, department);
      say({ ...line, roundtrip: sameText(text, document.source) }, options.json);
    }
  });
}

/** What was recognised in each file: a line a file, or one table of all. */
async function report(folder: string, { table, json }: ImportOptions): Promise<void> {
  const lines: ImportLine[] = [];
  for await (const { line } of inspectFolder(folder)) {
    if (table) lines.push(translated(line));
    else say(line, json);
  }
  if (table) process.stdout.write(`${importTable(lines)}\n`);
}

const translated = (line: ImportLine): ImportLine =>
  ('error' in line && line.error.includes(':') ? { ...line, error: message(DomainError.invalid(line.error)) } : line);

function say(line: ImportLine, json: boolean | undefined): void {
  print(translated(line), json);
}
