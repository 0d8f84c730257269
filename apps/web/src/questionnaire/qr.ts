import qrcode from 'qrcode-generator';

/** Modules of white around the code (ISO/IEC 18004: four). */
const QUIET = 4;

export interface QrCode {
  /** What it says; shown beside it, as not everybody can scan. */
  text: string;
  /** `viewBox` of the drawing, quiet zone and all. */
  box: string;
  /** The dark modules, run by run. */
  path: string;
}

/** A QR code of medium error correction as one SVG path: no picture file, no script. */
export function qrCode(text: string): QrCode {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let at = 0; at < size; at += 1) {
      if (!code.isDark(row, at)) continue;
      const from = at;
      while (at + 1 < size && code.isDark(row, at + 1)) at += 1;
      path += `M${from} ${row}h${at - from + 1}v1h-${at - from + 1}z`;
    }
  }
  return { text, box: `${-QUIET} ${-QUIET} ${size + 2 * QUIET} ${size + 2 * QUIET}`, path };
}

/** The same as a file, for posters that others lay out. */
export const qrFile = ({ box, path }: QrCode): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="600" height="600" shape-rendering="crispEdges"><rect x="-4" y="-4" width="100%" height="100%" fill="#fff"/><path d="${path}" fill="#000"/></svg>\n`;
