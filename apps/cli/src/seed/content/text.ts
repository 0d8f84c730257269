import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { home } from '../../output';

/** Where the texts and pictures lie: the sources, also when the compiled program runs. */
export const contentFolder = join(home, 'apps/cli/src/seed/content');

/** A text of `text/`, without the line end of the file. Throws if there is none of that name. */
export function readText(name: string): string {
  return readFileSync(join(contentFolder, 'text', `${name}.txt`), 'utf8').trimEnd();
}

/** A picture of `picture/`. Throws if there is none of that name. */
export function readPicture(name: string): Buffer {
  return readFileSync(join(contentFolder, 'picture', name));
}
