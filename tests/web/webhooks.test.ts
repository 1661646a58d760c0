import type { WebhookDeployment } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: { name: 'Ada' }, clipboard: true });
let page: Page;
let flowId: string;

beforeEach(async () => {
  ({ page } = browser.tab);
  const flow = row([say('hi', 'Order {{ input.body.id }}')], { name: 'Orders' });
  const nodes = [node('start', 'trigger', { kind: 'webhook' }), ...flow.nodes.slice(1)];
  const answer = await page.request.post('/api/workflows', { data: { ...flow, nodes } });
  ({ id: flowId } = (await answer.json()) as { id: string });
  await page.request.post(`/api/workflows/${flowId}/publish`, { data: {} });
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const field = (name: string) => page.getByLabel(name, { exact: true });
const told = (words: string) => page.locator('.toaster').getByText(words).waitFor();
const section = (name: string) =>
  page.getByRole('navigation', { name: 'Settings of the webhook' }).getByText(name).click();

async function deployment(): Promise<WebhookDeployment> {
  const answer = await page.request.get(`/api/workflows/${flowId}/deployments`);
  return ((await answer.json()) as { items: WebhookDeployment[] }).items[0]!;
}

/** Creates a webhook, and gives its token. */
async function create(): Promise<string> {
  await page.goto(`/flows/${flowId}/share`);
  await press('Create webhook');
  const token = await page.getByRole('dialog').getByRole('textbox').inputValue();
  await press('Done');
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
  return token;
}

it('a webhook is created with a token, and what it gets is replayed on the draft', async () => {
  const token = await create();
  const { slug, url, settings } = await deployment();
  expect(settings.auth).toMatchObject({ kind: 'token', secrets: [token.slice(-4)] });
  await press('Copy Address of the webhook');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);

  const hook = `${site.system.url}/hooks/${slug}`;
  const send = (authorization: string) =>
    page.request.post(hook, { data: { id: 'o-7' }, headers: { authorization } });
  expect((await send(`Bearer ${token}`)).status()).toBe(202);
  expect((await send('Bearer wrong')).status()).toBe(401);
  await section('Deliveries');
  await page.getByText('The token is wrong.').waitFor();
  expect(await page.locator('.delivery').count()).toBe(2);
  await page
    .getByText(/^What was sent/)
    .last()
    .click();
  await page.getByText('"id": "o-7"').waitFor();
  await press('Replay');
  await page.waitForURL(/\/runs\//);
  await page.getByText('Order o-7').first().waitFor();
});

it('a webhook gets another kind of senders, two secrets, and a response', async () => {
  await create();
  await section('Senders');
  await page.getByRole('radio', { name: /^Stripe/ }).check();
  await press('Save');
  await page.locator('.fault').first().waitFor();
  await field('Secret').fill('whsec_from_stripe');
  await press('Save');
  await told('Saved');
  expect((await deployment()).settings.auth).toMatchObject({ kind: 'stripe', secrets: ['ripe'] });

  await page.getByRole('radio', { name: /^Standard Webhooks/ }).check();
  await press('Save');
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('textbox').inputValue()).toMatch(/^whsec_/);
  await press('Done');
  await press('Add a second secret');
  await dialog.waitFor();
  await press('Done');
  expect((await deployment()).settings.auth.secrets).toHaveLength(2);

  await section('Response');
  await page.getByRole('radio', { name: /^What the flow responds/ }).check();
  await page.getByLabel(/^Event ID/).fill('body.');
  await press('Save');
  await page.locator('.fault').waitFor();
  await page.getByLabel(/^Event ID/).fill('body.id');
  await press('Save');
  await until('the response to be saved', async () => {
    const { respond, idempotency } = (await deployment()).settings;
    return respond === 'node' && idempotency === 'body.id';
  });
});
