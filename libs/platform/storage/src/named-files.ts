import type { Objects } from './file-store';

/**
 * Files under names, beside those under their hashes: what is published outside the database and must be found without it. A name is given once: whoever puts one makes
 * sure that nobody else does.
 */
export class NamedFiles {
  constructor(private readonly objects: Objects) {}

  /** Keeps the bytes under a name of the form `folder/…/file.ext`. @throws TypeError for another name. */
  async put(name: string, bytes: Buffer): Promise<void> {
    await this.objects.write(checked(name), bytes);
  }

  /** Null where nothing has that name. */
  get(name: string): Promise<Buffer | null> {
    return this.objects.read(checked(name));
  }
}

/** No dots but before the ending, so that no name leaves its folder; the first folder is none of those that hashes begin with. */
function checked(name: string): string {
  if (!/^[a-z][a-z-]{2,}(\/[\w-]+)*\/[\w-]+\.[a-z]+$/.test(name)) throw new TypeError(`not the name of a file: ${name}`);
  return name;
}
