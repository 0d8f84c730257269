import { DomainError } from '@platform/kernel';

export const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
/** More pixels than this on a side is no picture for a page, and a burden for whoever opens it. */
const MAX_SIDE = 12_000;

export interface Picture {
  mediaType: 'image/png' | 'image/jpeg';
  /** Pixels. */
  width: number;
  height: number;
  /** The picture without metadata: no place, no device, no comment, nothing behind its end. */
  bytes: Buffer;
}

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a PNG needs to look right; the rest (text, EXIF, time, foreign chunks) is left out. */
const PNG_KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'pHYS', 'bKGD']);

const refuse = (key: string): never => {
  throw DomainError.invalid(key, [{ field: 'picture', key }]);
};

/**
 * Reads a PNG or JPEG by its bytes, whatever its name or declared type says, and gives it back without metadata. Refuses (`invalid`) any other
 * format (SVG may carry scripts), a broken file and one above five megabytes.
 */
export function readPicture(data: Buffer): Picture {
  if (data.length > MAX_PICTURE_BYTES) return refuse('interpretation:error.pictureTooLarge');
  const picture = data.subarray(0, 8).equals(PNG_MAGIC) ? readPng(data)
    : data.length > 2 && data.readUInt16BE(0) === 0xffd8 ? readJpeg(data)
      : refuse('interpretation:error.pictureFormat');
  if (!picture || picture.width < 1 || picture.height < 1 || picture.width > MAX_SIDE || picture.height > MAX_SIDE) return refuse('interpretation:error.pictureBroken');
  return picture;
}

function readPng(data: Buffer): Picture | null {
  const kept: Buffer[] = [PNG_MAGIC];
  let size: { width: number; height: number } | null = null;
  let pixels = false;
  for (let at = 8; at + 12 <= data.length; ) {
    const length = data.readUInt32BE(at);
    const type = data.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > data.length) return null;
    if ((size === null) !== (type === 'IHDR')) return null;
    if (type === 'IHDR') {
      if (length !== 13) return null;
      size = { width: data.readUInt32BE(at + 8), height: data.readUInt32BE(at + 12) };
    }
    if (type === 'IDAT') pixels = true;
    if (PNG_KEPT.has(type)) kept.push(data.subarray(at, end));
    if (type === 'IEND') return size && pixels ? { mediaType: 'image/png', ...size, bytes: Buffer.concat(kept) } : null;
    at = end;
  }
  return null;
}

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Comments and application data, except JFIF, ICC profile and Adobe's colour transform, which the colours need. */
const isMetadata = (marker: number): boolean => marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && ![0xe0, 0xe2, 0xee].includes(marker));

function readJpeg(data: Buffer): Picture | null {
  const kept: Buffer[] = [data.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let scanned = false;
  for (let at = 2; at + 2 <= data.length; ) {
    if (data[at] !== 0xff) return null;
    const marker = data.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) {
      kept.push(data.subarray(at, at + 2));
      return size && scanned ? { mediaType: 'image/jpeg', ...size, bytes: Buffer.concat(kept) } : null;
    }
    if (at + 4 > data.length) return null;
    const length = data.readUInt16BE(at + 2);
    let end = at + 2 + length;
    if (length < 2 || end > data.length) return null;
    if (isFrame(marker) && length >= 8) size = { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    if (marker === 0xda) {
      scanned = true;
      end = endOfScan(data, end);
    }
    if (!isMetadata(marker)) kept.push(data.subarray(at, end));
    at = end;
  }
  return null;
}

/** Where the coded pixels end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(data: Buffer, from: number): number {
  for (let at = from; at + 1 < data.length; at += 1) {
    if (data[at] !== 0xff) continue;
    const next = data.readUInt8(at + 1);
    if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return data.length;
}
