import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/boot/chromium.mjs';

/** A page in a browser of its own, and what it complained about. */
export type Tab = {
  page: Page;
  context: BrowserContext;
  /** Exceptions, and what the content security policy kept from happening. */
  faults: string[];
  close(): Promise<void>;
};

/** Opens a real Chromium. @param url where relative addresses start */
export async function openTab(url: string): Promise<Tab> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return { page, context, faults, close: () => browser.close() };
}
