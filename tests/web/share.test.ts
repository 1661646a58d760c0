import { readFile } from 'node:fs/promises';
import type { ChatDeployment } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { ask, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: { name: 'Ada' }, clipboard: true });
let page: Page;
let flowId: string;

beforeEach(async () => {
  ({ page } = browser.tab);
  const answer = await page.request.post('/api/workflows', {
    data: row([ask('question')], { name: 'Front desk' }),
  });
  ({ id: flowId } = (await answer.json()) as { id: string });
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const field = (name: string) => page.getByLabel(name, { exact: true });
const told = (words: string) => page.locator('.toaster').getByText(words).waitFor();
const copied = () => page.evaluate(() => navigator.clipboard.readText());
const copiedTypes = () =>
  page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types));
const section = (name: string) =>
  page.getByRole('navigation', { name: 'Settings of the chat page' }).getByText(name).click();

async function publish(): Promise<void> {
  const answer = await page.request.post(`/api/workflows/${flowId}/publish`, { data: {} });
  expect(answer.status()).toBe(201);
}

async function deployment(): Promise<ChatDeployment> {
  const answer = await page.request.get(`/api/workflows/${flowId}/deployments`);
  return ((await answer.json()) as { items: ChatDeployment[] }).items[0]!;
}

it('a flow is shared once it is published, by a link and on a site', async () => {
  await page.goto(`/flows/${flowId}/share`);
  await page.getByText('Publish the flow first').waitFor();
  await page.getByRole('link', { name: 'Go to the editor to publish' }).click();
  await page.getByText('Draft', { exact: true }).waitFor();
  await press('Publish');
  await page.getByText('Version 1 is live', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Share', exact: true }).click();
  await press('Create chat page');
  await page.getByRole('heading', { name: 'Front desk' }).waitFor();
  const { slug, url } = await deployment();
  await press('Copy Link to the chat page');
  expect(await copied()).toBe(url);
  await page.getByRole('img', { name: `QR code of ${url}` }).waitFor();
  const downloading = page.waitForEvent('download');
  await press('Download SVG');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`${slug}.svg`);
  expect(await readFile(await download.path(), 'utf8')).toMatch(/^<\?xml .*<svg .*<\/svg>\n$/s);
  await press('Copy image');
  await told('QR code copied');
  expect(await copiedTypes()).toEqual(['image/png']);
  await page.getByRole('tab', { name: 'Popup' }).click();
  await press('Copy Code to embed');
  const src = `${new URL(url).origin}/embed/v1.js`;
  expect(await copied()).toBe(
    `<script src="${src}" data-chat="${slug}" data-mode="popup" async></script>`,
  );

  await field('Domains').fill('example.com/path');
  await press('Save');
  await page.locator('.fault').filter({ hasText: 'without a path' }).waitFor();
  await field('Domains').fill('https://Example.com\n*.example.org');
  await press('Save');
  await told('Saved');
  expect((await deployment()).settings.domains).toEqual(['example.com', '*.example.org']);
  expect(await page.getByText('Add your site’s domain').count()).toBe(0);
});

it('a chat page looks as it is set, at once in the preview', async () => {
  await publish();
  await page.goto(`/flows/${flowId}/share`);
  await press('Create chat page');
  await section('Appearance');
  await field('Title').fill('Ask the clinic');
  await page.locator('.phone-head').getByText('Ask the clinic').waitFor();
  await field('Color').fill('green');
  await press('Save');
  await page.locator('.fault').waitFor();
  await field('Color').fill('#0A7D33');
  await press('Save');
  await told('Saved');
  expect((await deployment()).settings).toMatchObject({
    ...{ title: 'Ask the clinic', colour: '#0a7d33', position: 'right', locale: null },
  });
});

it('secrets are shown once, and one is replaced beside the other', async () => {
  await publish();
  await page.goto(`/flows/${flowId}/share`);
  await press('Create chat page');
  await section('Customer identity');
  await page.getByRole('radio', { name: /^Only customers/ }).check();
  await press('Save');
  await page.getByText('Without one, no customer can be confirmed').waitFor();

  const add = async (name: string) => {
    await press(name);
    const secret = await field('Signing secret').inputValue();
    expect(secret).toMatch(/^[\w-]{43}$/);
    await press('Done');
    return secret.slice(-4);
  };
  const first = await add('Add a secret');
  const second = await add('Add a second secret');
  expect((await deployment()).settings.secrets).toEqual([second, first]);
  await page.getByRole('button', { name: `Delete the secret that ends in ${first}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await told('Secret deleted');
  expect((await deployment()).settings).toMatchObject({ identity: 'required', secrets: [second] });
});

it('messages in quick succession are answered together where that is set', async () => {
  await publish();
  await page.goto(`/flows/${flowId}/share`);
  await press('Create chat page');
  await section('Behavior');
  await page.getByRole('checkbox', { name: /^Answer messages/ }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await told('Saved');
  expect((await deployment()).settings.burst).toEqual({ quiet: 'PT3S', max: 'PT15S' });
});

it('a chat page is protected against bots, and has a budget', async () => {
  await publish();
  await page.goto(`/flows/${flowId}/share`);
  await press('Create chat page');
  await section('Behavior');
  const save = (nth: number) => page.getByRole('button', { name: 'Save', exact: true }).nth(nth);
  await page.getByRole('radio', { name: /^Always on/ }).check();
  await save(1).click();
  await until('it to be saved', async () => {
    const { proofOfWork, limits } = (await deployment()).settings;
    return proofOfWork === 'always' && limits.messageBytes === 4_000;
  });
  await field('Tokens per day').fill('5');
  await field('Message to customers once it’s used up').fill('Back tomorrow.');
  await save(2).click();
  await page.getByText('Enter a whole number, 1,000 or more').waitFor();
  await field('Tokens per day').fill('5000');
  await save(2).click();
  await until('it to be saved', async () => {
    const { fallbackText, limits } = (await deployment()).settings;
    return fallbackText === 'Back tomorrow.' && limits.modelTokensPerDay === 5_000;
  });
  await field('Tokens per day').fill('');
  await save(2).click();
  await until('it to be saved', async () => {
    const { limits } = (await deployment()).settings;
    return limits.modelTokensPerDay === null && limits.messageBytes === 4_000;
  });
});

it('a chat page is paused, and deleted', async () => {
  await publish();
  await page.goto(`/flows/${flowId}/share`);
  await press('Create chat page');
  const live = page.getByRole('switch', { name: 'Live' });
  await live.click();
  await told('“Front desk” is paused');
  expect((await deployment()).health.state).toBe('paused');
  await page.getByRole('link', { name: 'Back to Share' }).click();
  await page.locator('.share-row').getByText('Paused').waitFor();
  await page.getByRole('link', { name: 'Front desk', exact: true }).click();
  await live.click();
  await until('the chat to be live', async () => (await deployment()).health.state === 'live');

  await section('General');
  await field('Address').fill('x');
  await press('Save');
  await page.locator('.fault').waitFor();
  await press('Delete chat page…');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete chat page' }).click();
  await page.getByText('Let customers talk to this flow').waitFor();
});
