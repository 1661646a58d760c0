import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { ask, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { violationsOf } from './axe.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site);
let page: Page;
let runId: string;

beforeEach(async () => {
  ({ page } = browser.tab);
  const flow = row([
    say('link', 'Please approve'),
    ask('approval', { expect: 'callback' }),
    say('end', 'Decision: {{ vars.approval.decision }}'),
  ]);
  const saved = await page.request.post('/api/workflows', { data: flow });
  const { id } = (await saved.json()) as { id: string };
  const data = { version: 'draft' };
  const started = await page.request.post(`/api/workflows/${id}/runs`, { data });
  ({ runId } = (await started.json()) as { runId: string });
  await page.goto(`/runs/${runId}`);
});

const address = () => page.getByLabel('Address', { exact: true }).inputValue();

it('the page of a run shows the address where it waits, and sends a test answer', async () => {
  await page.getByText('Waiting for a callback').first().waitFor();
  expect(await address()).toMatch(/\/hooks\/waits\/[0-9a-f]{40}$/);
  expect(await violationsOf(page, 'a run that waits for a callback')).toEqual([]);
  await page.getByLabel('Test answer').fill('{"decision": "maybe"}');
  await page.getByRole('button', { name: 'Send test answer' }).click();
  await page.getByText('Decision: maybe').waitFor();
});

it('opening an address answers nothing; its button does, once', async () => {
  const path = new URL(await address()).pathname;
  await page.goto(`${path}?decision=yes`);
  await page.getByRole('heading', { name: 'Confirm your answer' }).waitFor();
  expect(await violationsOf(page, 'the page of an address')).toEqual([]);
  const waiting = await page.request.get(`/api/runs/${runId}`);
  expect(await waiting.json()).toMatchObject({ status: 'waiting' });
  await page.getByRole('button', { name: 'Send answer' }).click();
  await page.getByRole('heading', { name: 'Answer received' }).waitFor();
  await page.goto(`${path}?decision=no`);
  await page.getByText('This address was used already.').waitFor();
  await page.goto(`/runs/${runId}`);
  await page.getByText('Decision: yes').waitFor();
});
