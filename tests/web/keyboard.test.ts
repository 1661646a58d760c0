import { randomUUID } from 'node:crypto';
import type { FlowInput, RunSnapshot } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: 'nobody' });
let page: Page;

const password = 'correct horse battery';

beforeEach(() => {
  ({ page } = browser.tab);
});

const keys = async (...all: string[]) => {
  for (const one of all) await page.keyboard.press(one);
};
const type = (text: string) => page.keyboard.type(text);

/** What has the focus, as a screen reader would call it. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const labels = (element as HTMLInputElement | null)?.labels;
    return (
      element?.getAttribute('aria-label') ??
      (labels?.length ? labels[0]?.textContent : element?.textContent) ??
      ''
    ).trim();
  });

/** Whether who looks at the page can tell that it has the focus. */
const isFocusSeen = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const isOutlined = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    return element.matches(':focus-visible') && (isOutlined || boxShadow !== 'none');
  });

const most = 80;

/** Goes on by Tab until something of this name has the focus; it must be seen to have it. */
async function tabTo(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  const isIt = (text: string) => (typeof name === 'string' ? text === name : name.test(text));
  const seen: string[] = [];
  for (let step = 0; step < most; step += 1) {
    const now = await focused();
    if (isIt(now)) {
      expect(await isFocusSeen(), `the focus on ${now} is seen`).toBe(true);
      return;
    }
    seen.push(now);
    await keys(key);
  }
  throw new Error(`Tab never came to ${String(name)}, only to ${seen.join(' | ')}`);
}

/** Goes down a menu to a line. */
async function choose(line: string) {
  for (let step = 0; step < most && (await focused()) !== line; step += 1) await keys('ArrowDown');
  expect(await focused()).toBe(line);
  await keys('Enter');
}

const hasFocus = (name: string) =>
  until(`focus on ${name}`, async () => (await focused()).endsWith(name));
const see = (text: string) => page.getByText(text).first().waitFor();

it('log in, draw a flow, test it and publish it, without ever touching a mouse', async () => {
  const email = `${randomUUID()}@example.com`;
  await page.request.post('/api/auth/register', { data: { email, password } });
  await page.context().clearCookies();

  await page.goto('/');
  await page.getByLabel('Email address').waitFor();
  await tabTo('Email address');
  await type(email);
  await tabTo('Password');
  await type(password);
  await keys('Enter');

  await see('No flows yet');
  await tabTo(/^New flow$/);
  await keys('Enter');
  await page.locator('.card-node').first().waitFor();
  const flowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  await tabTo(/Chat opens$/);
  await keys('a');
  await page.getByRole('menuitem', { name: 'Listen' }).waitFor();
  await choose('Listen');
  await hasFocus('Listen');
  await keys('Enter');
  await tabTo('Save as');
  await type('name');
  await keys('Escape');

  await tabTo(/Listen$/, 'Shift+Tab');
  await keys('a');
  await choose('Speak');
  await hasFocus('Text');
  await type('Hello {{ vars.');
  await page.getByRole('option', { name: 'name' }).first().waitFor();
  await keys('Enter');
  // What was completed has closed its braces.
  await type('!');

  await tabTo('Properties', 'Shift+Tab');
  await keys('ArrowRight');
  await hasFocus('Test run');
  await tabTo('Start test');
  await keys('Enter');
  await page.getByRole('textbox', { name: 'Your message' }).waitFor();
  await tabTo('Your message');
  await type('Ada');
  await keys('Enter');
  await page.locator('.messages .bubble', { hasText: 'Hello Ada!' }).waitFor();
  await see('Completed');

  await tabTo('Publish', 'Shift+Tab');
  await keys('Enter');
  await see('Version 1 is live');
  const answer = await page.request.post(`/api/workflows/${flowId}/runs`, { data: {} });
  const { runId } = (await answer.json()) as { runId: string };
  await until('the published flow to wait', async () => {
    const run = await page.request.get(`/api/runs/${runId}`);
    return ((await run.json()) as RunSnapshot).status === 'waiting';
  });
  const stored = (await (await page.request.get(`/api/workflows/${flowId}`)).json()) as FlowInput;
  expect(stored.nodes.map(({ type: kind }) => kind)).toEqual(['trigger', 'listen', 'speak']);
  expect(stored.edges).toHaveLength(2);
});
