import type { ScheduleDeployment } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { scheduledFlow } from '../support/schedules.js';
import { violationsOf } from './axe.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: { name: 'Ada' } });
let page: Page;
let flowId: string;

beforeEach(async () => {
  ({ page } = browser.tab);
  const flow = scheduledFlow([say('hi', 'Due at {{ input.schedule.scheduledAt }}')]);
  const answer = await page.request.post('/api/workflows', { data: flow });
  ({ id: flowId } = (await answer.json()) as { id: string });
  const published = await page.request.post(`/api/workflows/${flowId}/publish`, { data: {} });
  expect(published.status()).toBe(201);
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const field = (name: string) => page.getByLabel(name, { exact: true });
const told = (words: string) => page.locator('.toaster').getByText(words).waitFor();
const sentence = (words: string) => page.locator('.schedule-sentence').getByText(words).waitFor();
const section = (name: string) =>
  page.getByRole('navigation', { name: 'Settings of the schedule' }).getByText(name).click();

async function settings(): Promise<ScheduleDeployment['settings']> {
  const answer = await page.request.get(`/api/workflows/${flowId}/deployments`);
  return ((await answer.json()) as { items: ScheduleDeployment[] }).items[0]!.settings;
}

async function create(): Promise<void> {
  await page.goto(`/flows/${flowId}/share`);
  await press('Create schedule');
  await page.getByRole('heading', { name: 'Report' }).waitFor();
}

it('a schedule is set as a sentence or by cron, and shows its next times and warnings', async () => {
  await create();
  await sentence('Every weekday at 09:00');
  await field('Time zone').fill('Europe/Berlin');
  await field('Time').fill('02:30');
  await sentence('Every weekday at 02:30, Berlin time');
  expect(await field('Cron expression').inputValue()).toBe('30 2 * * MON-FRI');
  await field('Cron expression').fill('30 2 * * *');
  await page.getByText(/clocks skip 02:30/).waitFor();
  await page.getByText(/clocks show 02:30 twice/).waitFor();
  expect(await page.locator('.schedule-times li').count()).toBe(10);

  await field('Cron expression').fill('30 2 1 * FRI');
  await page.getByText(/A day has to match both; most other cron programs/).waitFor();
  await field('Cron expression').fill('61 * * * *');
  await press('Save');
  await page.locator('.fault').first().waitFor();
  await field('Cron expression').fill('15 18 * * 1-5');
  await press('Save');
  await told('Saved');
  await sentence('Every weekday at 18:15, Berlin time');
  expect(await settings()).toMatchObject({ cron: '15 18 * * 1-5', timezone: 'Europe/Berlin' });

  await field('Runs').selectOption('interval');
  await field('Interval').fill('10');
  await sentence('Every 10 minutes');
  await press('Save');
  await expect.poll(settings).toMatchObject({ every: 'PT10M' });
});

it('a schedule gets rules and an input', async () => {
  await create();
  await section('Rules and input');
  await page.getByRole('radio', { name: /^Skip the time/ }).check();
  await field('Input').fill('[1]');
  await press('Save');
  await page.locator('.fault').first().waitFor();
  await field('Input').fill('{ "list": "weekly" }');
  await press('Save');
  await told('Saved');
  expect(await settings()).toMatchObject({ overlap: 'skip', input: { list: 'weekly' } });
});

it('a schedule runs now, and makes up for times that were counted before', async () => {
  await create();
  await page.goto(`${page.url()}/firings`);
  await page.getByText('Nothing has been due yet.').waitFor();
  await press('Run now');
  await told('Run started');
  await page.locator('.firing').waitFor();

  await press('Backfill…');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('From').fill('2026-01-05T00:00');
  await dialog.getByLabel('To').fill('2026-01-06T23:00');
  await press('Count');
  await dialog.getByText(/^Times: 2/).waitFor();
  await press('Start 2 runs');
  await told('Backfill started');
  await expect
    .poll(async () => {
      await press('Refresh');
      return page.locator('.firing .tag').getByText('Ended').count();
    })
    .toBe(3);
  await page.getByRole('link', { name: 'Open the run' }).last().click();
  await page
    .getByText(/Due at 2026-01-05T/)
    .first()
    .waitFor();
});

it.each(['light', 'dark'] as const)('has no barrier in the %s theme', async (colorScheme) => {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await create();
  const found: string[] = [];
  const address = page.url();
  await field('Time zone').fill('Europe/Berlin');
  await field('Cron expression').fill('30 2 * * *');
  await page.getByText(/clocks show 02:30 twice/).waitFor();
  found.push(...(await violationsOf(page, 'times')));
  await field('Runs').selectOption('weekly');
  found.push(...(await violationsOf(page, 'days')));
  for (const name of ['rules', 'general']) {
    await page.goto(`${address}/${name}`);
    await page.locator('.share-section form').waitFor();
    found.push(...(await violationsOf(page, name)));
  }
  await page.goto(`${address}/firings`);
  await press('Run now');
  await page.locator('.firing').waitFor();
  found.push(...(await violationsOf(page, 'past times')));
  await press('Backfill…');
  await page.getByRole('dialog').waitFor();
  found.push(...(await violationsOf(page, 'backfill')));
  expect(found).toEqual([]);
});
