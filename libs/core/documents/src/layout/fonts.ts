import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@platform/kernel';
import { create, type Font } from 'fontkit';
import type { Face } from './standard';

const SERIF = '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf';
/**
 * What stands in for the faces of the standard: no FangSong, 小标宋 or 楷体 that may be passed on was found among the packages. Names are
 * those of the files in a city's own folder.
 */
const SHIPPED: Record<Face, string> = {
  fangsong: SERIF,
  songti: SERIF,
  kaiti: '@expo-google-fonts/noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf',
  xiaobiaosong: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  heiti: '@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
};
const SYMBOLS = 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf';
const FACES = Object.keys(SHIPPED) as Face[];

/** One font file. */
export interface FontFile {
  path: string;
  data: Buffer;
  font: Font;
  /** Widths in ems that were asked for, by code point. */
  advances: Map<number, number>;
}

/** The fonts of an installation: for each face its own one, and those that are asked for characters which it lacks. */
export interface FontBook {
  /** The font that draws a character in this face, or null where no font has it. */
  find(face: Face, codePoint: number): FontFile | null;
}

const files = new Map<string, FontFile>();
const books = new Map<string, FontBook>();

/**
 * Opens the fonts, once.
 *
 * @param folder the city's own: `fangsong.ttf`, `xiaobiaosong.ttf`, `heiti.ttf`, `kaiti.ttf`, `songti.ttf`, and `fallback.ttf` for rare
 *   characters; each may be left out
 * @throws DomainError invalid `layout:error.fontFolder`, `fontFile`
 */
export function openFonts(folder: string | undefined = process.env['LAYOUT_FONTS']): FontBook {
  const key = folder ?? '';
  const known = books.get(key);
  if (known) return known;
  const book = buildBook(folder ? ownFonts(folder) : new Map());
  books.set(key, book);
  return book;
}

function buildBook(own: Map<Face | 'fallback', FontFile>): FontBook {
  const fallback = own.get('fallback');
  // Opened when first asked for: most documents need none of the later ones.
  const others = [SHIPPED.fangsong, SHIPPED.heiti, SYMBOLS];
  const found = new Map<string, FontFile | null>();
  const search = (face: Face, codePoint: number): FontFile | null => {
    const has = (file: FontFile | undefined): file is FontFile => file !== undefined && file.font.hasGlyphForCodePoint(codePoint);
    for (const file of [own.get(face) ?? openFile(SHIPPED[face]), fallback]) if (has(file)) return file;
    for (const path of others) if (has(openFile(path))) return openFile(path);
    return null;
  };
  return {
    find(face, codePoint) {
      const key = `${face} ${codePoint}`;
      let file = found.get(key);
      if (file === undefined) found.set(key, file = search(face, codePoint));
      return file;
    },
  };
}

function openFile(path: string): FontFile {
  const resolved = path.startsWith('/') ? path : require.resolve(path);
  let file = files.get(resolved);
  if (!file) {
    const data = readFileSync(resolved);
    const font = create(data);
    if (!('glyphForCodePoint' in font)) throw new Error(`not one font: ${resolved}`);
    files.set(resolved, file = { path: resolved, data, font, advances: new Map() });
  }
  return file;
}

function ownFonts(folder: string): Map<Face | 'fallback', FontFile> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw DomainError.invalid('layout:error.fontFolder', [], { folder });
  const own = new Map<Face | 'fallback', FontFile>();
  for (const face of [...FACES, 'fallback'] as const) {
    const path = join(folder, `${face}.ttf`);
    if (!existsSync(path)) continue;
    const file = openOwn(path);
    if (face !== 'fallback' && !'中国〔，'.split('').every((char) => file.font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0))) {
      throw DomainError.invalid('layout:error.fontNotChinese', [], { path });
    }
    own.set(face, file);
  }
  if (own.size === 0) throw DomainError.invalid('layout:error.fontFolderEmpty', [], { folder });
  return own;
}

function openOwn(path: string): FontFile {
  try {
    return openFile(path);
  } catch {
    throw DomainError.invalid('layout:error.fontFile', [], { path });
  }
}
