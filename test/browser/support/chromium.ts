import { type Browser, chromium } from 'playwright-core';

/** A Chromium of one's own, as the machine has it; call only where `describeWithChromium` runs. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.TEST_CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage', '--disable-extensions'] });
