import { DomainError } from '@platform/kernel';
import fc from 'fast-check';
import { MAX_PICTURE_BYTES, readPicture } from './picture';

const chunk = (type: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
};
function png(width: number, height: number, extra: Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk('IHDR', header), ...extra, chunk('IDAT', Buffer.from('pixels')), chunk('IEND', Buffer.alloc(0))]);
}
const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};
function jpeg(width: number, height: number, extra: Buffer[] = []): Buffer {
  const frame = Buffer.alloc(6);
  frame.writeUInt8(8, 0);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const pixels = Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe0, Buffer.from('JFIF\0')), ...extra, segment(0xc0, frame), segment(0xda, Buffer.from('scan')), pixels, Buffer.from([0xff, 0xd9])]);
}
const refusal = (data: Buffer): string => {
  try {
    readPicture(data);
  } catch (error) {
    return (error as DomainError).key;
  }
  return 'accepted';
};

describe('readPicture', () => {
  it('reads type and size from the bytes', () => {
    expect(readPicture(png(640, 360))).toMatchObject({ mediaType: 'image/png', width: 640, height: 360 });
    expect(readPicture(jpeg(1200, 900))).toMatchObject({ mediaType: 'image/jpeg', width: 1200, height: 900 });
  });

  it('leaves out metadata and what stands behind the end, and nothing else', () => {
    const secret = Buffer.from('GPS 22.5N 113.4E');
    expect(readPicture(Buffer.concat([png(4, 4, [chunk('tEXt', secret), chunk('eXIf', secret)]), secret])).bytes).toEqual(png(4, 4));
    expect(readPicture(Buffer.concat([jpeg(4, 4, [segment(0xe1, secret), segment(0xfe, secret)]), secret])).bytes).toEqual(jpeg(4, 4));
  });

  it('refuses what is neither PNG nor JPEG, by content and not by name', () => {
    for (const other of ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'GIF89a', 'RIFF____WEBP', '%PDF-1.7', '']) {
      expect(refusal(Buffer.from(other))).toBe('interpretation:error.pictureFormat');
    }
  });

  it('refuses the empty, the cut-off, the sizeless and the too large', () => {
    expect(refusal(png(0, 10))).toBe('interpretation:error.pictureBroken');
    expect(refusal(png(50_000, 10))).toBe('interpretation:error.pictureBroken');
    expect(refusal(png(4, 4).subarray(0, -4))).toBe('interpretation:error.pictureBroken');
    expect(refusal(jpeg(4, 4).subarray(0, -2))).toBe('interpretation:error.pictureBroken');
    expect(refusal(Buffer.concat([png(4, 4), Buffer.alloc(MAX_PICTURE_BYTES)]))).toBe('interpretation:error.pictureTooLarge');
  });

  it('answers any bytes with a picture or a refusal, never with another error', () => {
    const starts = [png(9, 9), jpeg(9, 9), Buffer.from([0xff, 0xd8]), png(9, 9).subarray(0, 8)];
    fc.assert(fc.property(fc.constantFrom(...starts), fc.nat(120), fc.uint8Array({ maxLength: 60 }), (start, cut, noise) => {
      const data = Buffer.concat([start.subarray(0, cut), Buffer.from(noise), start.subarray(cut)]);
      try {
        const picture = readPicture(data);
        // What was cleaned once is clean.
        expect(readPicture(picture.bytes)).toEqual(picture);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }), { numRuns: 500 });
  });
});
