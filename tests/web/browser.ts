import { randomUUID } from 'node:crypto';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { findChromium } from '../../scripts/boot/chromium.mjs';
import { testPassword } from '../support/client.js';
import type { Installation } from '../support/installation.js';

/** A page in a context of its own, and what it complained about. */
export type Tab = {
  page: Page;
  context: BrowserContext;
  /** Exceptions, and what the content security policy kept from happening. */
  faults: string[];
  close(): Promise<void>;
};

export type Browsing = {
  /** The page of the test that runs. */
  readonly tab: Tab;
  /** Who is signed in there. */
  readonly email: string;
  /** Another page, of nobody: it shares no cookie and no storage; close it. */
  openTab(): Promise<Tab>;
};

export type BrowsingOptions = {
  /** Who is signed in: a new user, with this name where one is given, or nobody. */
  as?: 'nobody' | { name?: string };
  /** Whether pages may read and write the clipboard without asking. */
  clipboard?: boolean;
};

const launch = async () =>
  chromium.launch({
    executablePath: await findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

async function openTab(browser: Browser, baseURL: string): Promise<Tab> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return { page, context, faults, close: () => context.close() };
}

/** One Chromium for a file, and for each test a page of its own, which must have no fault. */
export function useBrowser(site: Installation, options: BrowsingOptions = {}): Browsing {
  const { as = {}, clipboard = false } = options;
  let browser: Browser;
  let tab: Tab;
  let email: string;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    tab = await openTab(browser, site.system.url);
    if (clipboard) await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    if (as === 'nobody') return;
    email = `${randomUUID()}@example.com`;
    const data = { email, password: testPassword, ...as };
    const answer = await tab.page.request.post('/api/auth/register', { data });
    expect(answer.status()).toBe(201);
  });
  afterEach(async () => {
    await tab.close();
    expect(tab.faults).toEqual([]);
  });

  return {
    get tab() {
      return tab;
    },
    get email() {
      return email;
    },
    openTab: () => openTab(browser, site.system.url),
  };
}
