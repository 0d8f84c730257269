import { RefusedFile } from './refused-file';

/** More than any camera takes (100 megapixels), and what a viewer unpacks to 400 megabytes. */
export const MAX_PIXELS = 100_000_000;
const MAX_SIDE = 30_000;

export interface Segment {
  /** Of a PNG the chunk's four letters; of a JPEG the marker's second byte. */
  type: string | number;
  from: number;
  to: number;
}

/** Refuses a picture whose header promises more points than anybody needs. */
function assertPixels(width: number, height: number): void {
  if (width === 0 || height === 0) throw new RefusedFile('broken');
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) throw new RefusedFile('pixels');
}

/** The chunks of a PNG (ISO/IEC 15948 §5): the header first, data, and nothing behind the end. @throws RefusedFile `broken` */
export function pngChunks(data: Buffer): Segment[] {
  const chunks: Segment[] = [];
  for (let at = 8; at < data.length;) {
    if (at + 12 > data.length) throw new RefusedFile('broken');
    const to = at + 12 + data.readUInt32BE(at);
    const type = data.toString('latin1', at + 4, at + 8);
    if (to > data.length || !/^[A-Za-z]{4}$/.test(type)) throw new RefusedFile('broken');
    chunks.push({ type, from: at, to });
    if (type === 'IEND' && to !== data.length) throw new RefusedFile('broken');
    at = to;
  }
  if (chunks[0]?.type !== 'IHDR' || chunks.at(-1)?.type !== 'IEND' || !chunks.some(({ type }) => type === 'IDAT')) throw new RefusedFile('broken');
  return chunks;
}

/** The segments of a JPEG (ITU-T T.81 annex B) up to the first scan; the last one is that of the scan, from its marker to the end of the file. @throws RefusedFile `broken` */
export function jpegSegments(data: Buffer): Segment[] {
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= data.length) {
    if (data[at] !== 0xff) break;
    const type = data[at + 1] ?? 0;
    if (type === 0xff) {
      // A byte that fills up.
      at += 1;
      continue;
    }
    const to = at + 2 + data.readUInt16BE(at + 2);
    if (type < 0xc0 || (type >= 0xd0 && type <= 0xd9) || to > data.length || to < at + 4) break;
    if (type === 0xda) return [...segments, { type, from: at, to: data.length }];
    segments.push({ type, from: at, to });
    at = to;
  }
  throw new RefusedFile('broken');
}

const isFrame = (type: string | number): boolean => typeof type === 'number' && type >= 0xc0 && type <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(type);

/** @throws RefusedFile `broken` or `pixels` */
export function checkImage(kind: 'png' | 'jpg', data: Buffer): void {
  if (kind === 'png') {
    const [header] = pngChunks(data);
    if (!header || header.to - header.from !== 25) throw new RefusedFile('broken');
    assertPixels(data.readUInt32BE(16), data.readUInt32BE(20));
    return;
  }
  const frames = jpegSegments(data).filter(({ type }) => isFrame(type));
  const [frame] = frames;
  if (!frame || frames.length !== 1 || frame.to - frame.from < 10 || data.lastIndexOf('\u00ff\u00d9', undefined, 'latin1') < 0) throw new RefusedFile('broken');
  assertPixels(data.readUInt16BE(frame.from + 7), data.readUInt16BE(frame.from + 5));
}
