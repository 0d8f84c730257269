import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Objects } from './file-store';

/** Objects as files below a folder of this machine. */
export class FolderObjects implements Objects {
  constructor(private readonly root: string) {}

  /** Under another name first, then renamed, so that neither a reader nor a crash ever meets half a file. Writing anew also mends an altered one. */
  async write(key: string, bytes: Buffer): Promise<void> {
    const file = path.join(this.root, key);
    const folder = path.dirname(file);
    const part = path.join(folder, `.${randomUUID()}.part`);
    await mkdir(folder, { recursive: true, mode: 0o750 });
    try {
      const handle = await open(part, 'wx', 0o640);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    // The names too must outlive a power cut: the file's in its folder, and the folders' in those above.
    for (const one of [folder, path.dirname(folder), this.root]) await syncFolder(one);
  }

  async read(key: string): Promise<Buffer | null> {
    try {
      return await readFile(path.join(this.root, key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
