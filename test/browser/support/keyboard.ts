import type { Browser, Page } from 'playwright-core';

/** A person who has a keyboard and nothing else. */
export interface Keyboard {
  /** For looking at, not for touching. */
  readonly page: Page;
  /** Tabs to the link with these words and presses Enter. */
  follow(words: string): Promise<void>;
  /** Tabs to the field. */
  into(selector: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Tabs to the button with these words and presses Enter. */
  press(words: string): Promise<void>;
  heading(): Promise<string>;
  close(): Promise<void>;
}

const FAR = 200;

/** Where the focus is: visible, and which element; as text, because it runs in the page. */
const onFocus = (test: string): string => `((node) => node !== document.body && (${test}))(document.activeElement)`;

async function tabTo(page: Page, what: string, test: string): Promise<void> {
  for (let n = 0; n < FAR; n += 1) {
    if (await page.evaluate<boolean>(onFocus(test))) {
      const seen = await page.evaluate<boolean>(onFocus('node.getBoundingClientRect().width > 0 && (getComputedStyle(node).outlineStyle !== "none" || getComputedStyle(node).boxShadow !== "none")'));
      if (!seen) throw new Error(`${what} has the focus and does not show it on ${page.url()}`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${what} on ${page.url()}`);
}

const PHONE = { width: 390, height: 844 };

export async function keyboardAt(browser: Browser, address: string, viewport = PHONE): Promise<Keyboard> {
  const context = await browser.newContext({ viewport, serviceWorkers: 'block', locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(address);
  const named = (tag: string, words: string): string => `node.tagName === '${tag}' && node.textContent.includes(${JSON.stringify(words)})`;
  const enter = async (): Promise<void> => {
    const before = page.url();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href !== before);
    await page.waitForLoadState('load');
  };
  return {
    page,
    follow: async (words) => {
      await tabTo(page, words, named('A', words));
      await enter();
    },
    into: (selector) => tabTo(page, selector, `node.matches(${JSON.stringify(selector)})`),
    type: (text) => page.keyboard.insertText(text),
    press: async (words) => {
      await tabTo(page, words, named('BUTTON', words));
      await enter();
    },
    heading: async () => (await page.locator('h1').first().textContent()) ?? '',
    close: () => context.close(),
  };
}
