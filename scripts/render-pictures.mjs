// Draws the demonstration's picture interpretations anew: node scripts/render-pictures.mjs (CHROMIUM names another browser).
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const folder = new URL('../apps/cli/src/seed/content/picture/', import.meta.url);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-lcd-text', '--font-render-hinting=none'] });
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
  for (const name of ['picture', 'picture-2']) {
    await page.goto(new URL(`${name}.html`, folder).href);
    await page.evaluate(() => document.fonts.ready);
    const spills = await page.evaluate(() => document.body.scrollHeight > 1600 || document.querySelector('main').scrollHeight > document.querySelector('main').clientHeight);
    if (spills) throw new Error(`${name}: the content is higher than the picture`);
    const file = fileURLToPath(new URL(`${name}.png`, folder));
    await writeFile(file, await page.screenshot({ type: 'png' }));
  }
} finally {
  await browser.close();
}
