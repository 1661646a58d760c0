import { expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: 'nobody' });

it('reads the API reference, which fetches nothing from elsewhere and breaks no policy', async () => {
  const { page } = browser.tab;
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(site.system.url) && !/^(data|blob):/.test(url)) faults.push(url);
  });
  await page.goto(`${site.system.url}/api/docs`);
  await page.getByRole('heading', { name: /^CRMFlow/ }).waitFor();
  await page.getByRole('heading', { name: 'Create an account' }).waitFor();
  await page.getByText('session:start').first().waitFor({ state: 'attached' });
  expect(faults).toEqual([]);
});

it('reads what an error code means, where the type of a problem leads', async () => {
  const { page } = browser.tab;
  const problem = await page.request.get(`${site.system.url}/api/nothing`);
  const { type } = (await problem.json()) as { type: string };
  expect(type).toBe('/docs/errors/not_found');
  await page.goto(`${site.system.url}${type}`);
  await page.getByText('not_found').first().waitFor();
  await page.getByRole('heading', { name: 'How to fix it' }).waitFor();
  await page.getByRole('link', { name: 'Error codes' }).click();
  await page.getByRole('link', { name: 'flow_invalid', exact: true }).waitFor();
});
