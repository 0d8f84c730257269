/**
 * `node scripts/measure-pdf.mjs FILE.pdf…`: what stands in a PDF, read from the file itself, as one JSON line a file. For each page its size and every
 * piece of text with its place in millimetres from the upper left corner (`x`, `baseline`), its width, its size in points and its font;
 * then fonts, properties, outline, tags, and what a published file must not carry.
 */
import { readFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const MM = 72 / 25.4;
const round = (points) => Math.round((points / MM) * 1000) / 1000;

if (process.argv.length < 3) throw new Error('node scripts/measure-pdf.mjs FILE.pdf…');
for (const path of process.argv.slice(2)) await measure(path);

async function measure(path) {
  const bytes = await readFile(path);
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false, disableFontFace: true }).promise;
  const pages = [];
  const fonts = new Map();
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    await page.getOperatorList();
    const { height, width } = page.getViewport({ scale: 1 });
    const content = await page.getTextContent({ disableNormalization: true });
    const items = [];
    for (const { str, transform, width: advance, fontName } of content.items) {
      if (str === '') continue;
      const font = page.commonObjs.get(fontName);
      fonts.set(font.name, { embedded: font.missingFile !== true, type: font.type });
      items.push({ text: str, x: round(transform[4]), baseline: round(height - transform[5]), width: round(advance), size: transform[0], font: font.name });
    }
    pages.push({ width: round(width), height: round(height), items, annotations: (await page.getAnnotations()).length, tagged: (await page.getStructTree()) !== null });
  }
  const { info } = await pdf.getMetadata();
  const outline = (entries) => (entries ?? []).map(({ title, items }) => ({ title, items: outline(items) }));
  console.log(JSON.stringify({
    pages, fonts: Object.fromEntries(fonts), info, lang: bytes.includes('/Lang (zh-CN)'), outline: outline(await pdf.getOutline()),
    attachments: await pdf.getAttachments(), scripts: await pdf.getJSActions(), mark: await pdf.getMarkInfo(),
  }));
  await pdf.destroy();
}
