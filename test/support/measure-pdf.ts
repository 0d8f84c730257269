import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

interface Outline {
  title: string;
  items: Outline[];
}

/** What `scripts/measure-pdf.mjs` reads from a file; lengths in millimetres, sizes in points. */
export interface Measured {
  pages: { width: number; height: number; items: { text: string; x: number; baseline: number; width: number; size: number; font: string }[]; annotations: number; tagged: boolean }[];
  fonts: Record<string, { embedded: boolean; type: string }>;
  info: Record<string, unknown>;
  lang: boolean;
  outline: Outline[];
  attachments: unknown;
  scripts: unknown;
  mark: { Marked: boolean } | null;
}

/** Measures PDF files in a program of its own: the reader is an ES module, which the tests cannot load. */
export async function measurePdfs(files: Buffer[]): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'measure-'));
  try {
    const paths = await Promise.all(files.map(async (bytes, index) => {
      const path = join(folder, `${index}.pdf`);
      await writeFile(path, bytes);
      return path;
    }));
    const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, '../../scripts/measure-pdf.mjs'), ...paths], { maxBuffer: 1 << 30 });
    return stdout.trim().split('\n').map((line) => JSON.parse(line) as Measured);
  } finally {
    await rm(folder, { recursive: true });
  }
}
