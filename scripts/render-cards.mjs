// Draws the cards of the shorter policies anew, from the compiled content: npm run build, then node scripts/render-cards.mjs
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const folder = new URL('../apps/cli/src/seed/content/picture/', import.meta.url);
// Not an import: before the first build there is nothing to resolve.
const { default: content } = await import(new URL('../dist/apps/cli/src/seed/content/index.js', import.meta.url).href);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-lcd-text', '--font-render-hinting=none'] });
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1200 } });
  for (const policy of content.otherPolicies.filter(({ state, interpretation }) => interpretation && ['approved', 'published', 'superseded', 'expired', 'abolished'].includes(state))) {
    await page.goto(new URL('card.html', folder).href);
    const points = policy.interpretation.split(/[。；]|问：[^？]*？答：/).map((point) => point.trim()).filter((point) => point.length > 6).slice(0, 4);
    const city = content.CITIES.find(({ code }) => code === policy.city);
    const department = city.departments.find(({ key }) => key === policy.department).name;
    await page.evaluate(({ title, summary, points, department }) => {
      document.querySelector('#title').textContent = title;
      document.querySelector('#summary').textContent = summary;
      document.querySelector('#department').textContent = department;
      document.querySelector('#points').replaceChildren(...points.map((point) => Object.assign(document.createElement('li'), { textContent: point })));
    }, { title: policy.title, summary: policy.summary, points, department });
    await page.evaluate(() => document.fonts.ready);
    if (await page.evaluate(() => document.querySelector('main').scrollHeight > 1200)) throw new Error(`${policy.key}: the content is higher than the picture`);
    await writeFile(fileURLToPath(new URL(`card-${policy.key}.png`, folder)), await page.screenshot({ type: 'png' }));
  }
} finally {
  await browser.close();
}
