import { jpegSegments, pngChunks } from './image';

/** What a PNG is drawn with, and no more: places, dates, programs and comments stand in others. */
const DRAWN: ReadonlySet<string | number> = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT']);

/**
 * A picture without what a camera or a program wrote into it: place, time, device, names, comments, the small preview, and whatever stands behind the picture. Which way up it
 * is stays. Other kinds of files come back as they are.
 */
export function stripMetadata(mediaType: string, data: Buffer): Buffer {
  if (mediaType === 'image/png') {
    return Buffer.concat([data.subarray(0, 8), ...pngChunks(data).filter(({ type }) => DRAWN.has(type)).map(({ from, to }) => data.subarray(from, to))]);
  }
  return mediaType === 'image/jpeg' ? strippedJpeg(data) : data;
}

function strippedJpeg(data: Buffer): Buffer {
  const segments = jpegSegments(data);
  const turned = segments.map(({ type, from, to }) => (type === 0xe1 ? orientationOf(data.subarray(from + 4, to)) : null)).find((way) => way !== null);
  const end = endOfScans(data, segments.at(-1)?.from ?? 2);
  // Of the application's segments the format's own (0), the colours' (2) and Adobe's on colours (14) are drawn with.
  const kept = segments.filter(({ type }) => typeof type === 'number' && (type < 0xe0 || type > 0xef || [0xe0, 0xe2, 0xee].includes(type)) && type !== 0xfe)
    .filter(({ type, from, to }) => type !== 0xe2 || data.subarray(from + 4, to).toString('latin1').startsWith('ICC_PROFILE'));
  const parts = kept.map(({ from, to }) => data.subarray(from, Math.min(to, end)));
  return Buffer.concat([data.subarray(0, 2), ...(turned ? [orientationSegment(turned)] : []), ...parts]);
}

/** Just behind the end marker that follows the scans; in their data 0xff is followed by a zero or a restart. */
function endOfScans(data: Buffer, from: number): number {
  for (let at = data.indexOf(0xff, from + 2); at >= 0 && at + 1 < data.length; at = data.indexOf(0xff, at + 1)) {
    if (data[at + 1] === 0xd9) return at + 2;
  }
  return data.length;
}

/** Which way up the picture is, 2 to 8, by the first directory of its Exif (tag 0x0112); null where it is upright or nothing is said. */
function orientationOf(exif: Buffer): number | null {
  if (!exif.toString('latin1', 0, 6).startsWith('Exif\0\0') || exif.length < 14) return null;
  const tiff = exif.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number): number => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const first = u32(4);
  const entries = Math.min(u16(first), 200);
  for (let n = 0; n < entries; n += 1) {
    const at = first + 2 + n * 12;
    const value = u16(at + 8);
    if (u16(at) === 0x0112) return value >= 2 && value <= 8 ? value : null;
  }
  return null;
}

/** An Exif segment that says this and nothing else. */
function orientationSegment(way: number): Buffer {
  const tiff = Buffer.from([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, way, 0, 0, 0, 0, 0, 0]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  return Buffer.concat([Buffer.from([0xff, 0xe1, 0, body.length + 2]), body]);
}
