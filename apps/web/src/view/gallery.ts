import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Example {
  name: string;
  data: Record<string, unknown>;
}

export interface GalleryComponent {
  name: string;
  /** The comment at the top of the template: what data it takes. */
  shape: string;
  examples: Example[];
}

/** Every component that has an example file, by name. */
export function readGallery(viewsDir: string): GalleryComponent[] {
  const dir = join(viewsDir, 'components');
  return readdirSync(dir)
    .sort()
    .filter((name) => existsSync(join(dir, name, `${name}.examples.json`)))
    .map((name) => ({
      name,
      shape: /^\{\{!--([\s\S]*?)--\}\}/.exec(readFileSync(join(dir, name, `${name}.hbs`), 'utf8'))?.[1]?.trim() ?? '',
      examples: JSON.parse(readFileSync(join(dir, name, `${name}.examples.json`), 'utf8')) as Example[],
    }));
}
