import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PHONE = { width: 390, height: 844 };

/** What is wrong with the page that is open: WCAG 2.2 A and AA, one h1, a title, nothing beyond the edge. Scripts are given as text: they run in the page. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  if ((await page.title()).trim() === '') faults.push('no title');
  const headings = await page.locator('h1').count();
  if (headings !== 1) faults.push(`${headings} h1`);
  faults.push(...(await beyondTheEdge(page)), ...(await axe(page)));
  return faults;
}

/** The same at the size of a phone; the window is put back afterwards. */
export async function faultsOnPhone(page: Page, all: boolean): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(PHONE);
  const faults = [...(await beyondTheEdge(page)), ...(all ? await axe(page) : [])];
  if (before) await page.setViewportSize(before);
  return faults.map((fault) => `at ${PHONE.width}: ${fault}`);
}

/** What stands out of the window at its right, if the page can be scrolled that way. */
export async function beyondTheEdge(page: Page): Promise<string[]> {
  const wide = await page.evaluate<string[]>(`(() => {
    if (document.documentElement.scrollWidth <= window.innerWidth) return [];
    return [...document.querySelectorAll('main *')].filter((node) => node.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 4).map((node) => node.tagName.toLowerCase() + '.' + node.className + ' “' + node.textContent.trim().slice(0, 20) + '”');
  })()`);
  return wide.length > 0 ? [`wider than the window: ${wide.join(', ')}`] : [];
}

/** Violations of WCAG 2.2 A and AA on the page that is open. */
export async function axe(page: Page): Promise<string[]> {
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } }).then(({ violations }) =>
    violations.map((violation) => violation.id + ': ' + violation.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + node.failureSummary.replace(/\\s+/g, ' ').slice(0, 200)).join('; ')))`);
}
